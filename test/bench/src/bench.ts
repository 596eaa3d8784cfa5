import { cpus, loadavg } from "node:os";
import { measure } from "./measure.js";
import { privacyBench } from "./privacy-bench.js";
import { recommendBench } from "./recommend-bench.js";
import { secaggBench } from "./secagg/secagg-bench.js";
import type { Report, Suite } from "./suite.js";
import { table } from "./table.js";

const SUITES: Readonly<Record<string, Suite | Report>> = {
  privacy: privacyBench,
  recommend: recommendBench,
  secagg: secaggBench,
};

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const unknown = wanted.find((name) => !(name in SUITES));
if (unknown !== undefined) {
  process.stderr.write(`no benchmark ${unknown}: there are ${Object.keys(SUITES).join(", ")}\n`);
  process.exit(2);
}
const load = (loadavg()[0] ?? 0).toFixed(1);
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, load ${load} before`,
);
for (const [name, suite] of Object.entries(SUITES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}: ${suite.title}\n`);
  if ("lines" in suite) for await (const line of suite.lines()) console.log(line);
  else for (const line of table(await measure(suite))) console.log(line);
}
