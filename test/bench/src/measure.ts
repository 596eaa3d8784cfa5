import { Bench } from "tinybench";
import type { Case, Suite } from "./suite.js";

export interface Measured extends Case {
  /** Median of the runs. */
  readonly milliseconds: number;
}

const MILLISECONDS_A_CASE = 600;
const FEWEST_RUNS = 5;

/** Runs every case for a while, in turn. */
export async function measure(suite: Suite): Promise<Measured[]> {
  const bench = new Bench({ time: MILLISECONDS_A_CASE, iterations: FEWEST_RUNS, warmupIterations: 2 });
  const cases = suite.cases();
  for (const { name, run } of cases) bench.add(name, run);
  await bench.run();
  return cases.map((one) => {
    const result = bench.getTask(one.name)?.result;
    if (result?.state !== "completed") throw new Error(`${one.name} did not complete`);
    return { ...one, milliseconds: result.latency.p50 };
  });
}
