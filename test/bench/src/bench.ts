import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { enginesBench } from "./engines/engines-bench.js";
import { foldingBench } from "./folding/folding-bench.js";
import { load, machine } from "./machine.js";
import { measure } from "./measure.js";
import { objectivesBench } from "./objectives-bench.js";
import { privacyBench } from "./privacy-bench.js";
import { recommendBench } from "./recommend-bench.js";
import { secaggBench } from "./secagg/secagg-bench.js";
import { simulationBench } from "./simulation-bench.js";
import type { Report, Suite } from "./suite.js";
import { table } from "./table.js";

const SUITES: Readonly<Record<string, Suite | Report>> = {
  engines: enginesBench,
  objectives: objectivesBench,
  privacy: privacyBench,
  recommend: recommendBench,
  secagg: secaggBench,
  folding: foldingBench,
  simulation: simulationBench,
};

const { positionals: wanted, values: options } = parseArgs({
  allowPositionals: true,
  options: { save: { type: "string" }, quick: { type: "boolean" } },
});
const unknown = wanted.find((name) => !(name in SUITES));
if (unknown !== undefined) {
  process.stderr.write(`no benchmark ${unknown}: there are ${Object.keys(SUITES).join(", ")}\n`);
  process.exit(2);
}
const before = load();
const { processor, processors, ...rest } = machine();
console.log(`Node ${process.version}, ${processors} × ${processor}, load ${before.toFixed(1)} before`);

const suites: Record<string, Record<string, unknown>> = {};
for (const [name, suite] of Object.entries(SUITES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}: ${suite.title}\n`);
  const figures: Record<string, unknown> = {};
  suites[name] = figures;
  if ("lines" in suite) {
    const keep = (what: string, kept: unknown) => {
      figures[what] = kept;
    };
    for await (const line of suite.lines(keep)) console.log(line);
  } else {
    const measured = await measure(suite);
    figures.cases = measured;
    for (const line of table(measured)) console.log(line);
  }
}
if (options.save !== undefined) {
  const saved = {
    at: new Date().toISOString(),
    machine: { processor, processors, ...rest },
    load: { before, after: load() },
    options,
    suites,
  };
  await writeFile(options.save, `${JSON.stringify(saved, null, 2)}\n`);
}
