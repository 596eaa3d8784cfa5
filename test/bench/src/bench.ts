import { cpus } from "node:os";
import { measure } from "./measure.js";
import { privacyBench } from "./privacy-bench.js";
import type { Suite } from "./suite.js";
import { table } from "./table.js";

const SUITES: Readonly<Record<string, Suite>> = { privacy: privacyBench };

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const unknown = wanted.find((name) => !(name in SUITES));
if (unknown !== undefined) {
  process.stderr.write(`no benchmark ${unknown}: there are ${Object.keys(SUITES).join(", ")}\n`);
  process.exit(2);
}
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, one core`);
for (const [name, suite] of Object.entries(SUITES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}: ${suite.title}\n`);
  for (const line of table(await measure(suite))) console.log(line);
}
