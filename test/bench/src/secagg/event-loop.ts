import { monitorEventLoopDelay } from "node:perf_hooks";
import { createUnmaskPool } from "@tacit/server/unmask-pool";
import type { Primitives } from "@tacit/shared";
import { runScenario } from "./scenario.js";

const COHORT = { clients: 1000, dimension: 100_000, dropouts: 0.1 } as const;
const NANOSECONDS = 1e6;
const RESOLUTION = 5;

/** How long everything else waits while a large cohort unmasks: on the event loop itself, and in workers. */
export async function eventLoop(primitives: Primitives): Promise<{ rows: string[][]; p99: number }> {
  const pool = createUnmaskPool();
  try {
    const here = await delays(primitives, {});
    const workers = await delays(primitives, {
      addMasks: pool.addMasks,
      primitives: { ...primitives, combine: pool.combine },
    });
    return { rows: [row("in this thread", here), row("in workers", workers)], p99: workers.p99 };
  } finally {
    await pool.close();
  }
}

interface Delays {
  readonly p99: number;
  readonly longest: number;
  readonly took: number;
}

async function delays(primitives: Primitives, options: Parameters<typeof runScenario>[2]): Promise<Delays> {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  let took = 0;
  await runScenario(primitives, COHORT, options, async (unmask) => {
    histogram.enable();
    const start = performance.now();
    await unmask();
    took = performance.now() - start;
    // What is still blocked is counted when the loop turns again.
    await new Promise((resolve) => setTimeout(resolve, 2 * RESOLUTION));
    histogram.disable();
  });
  return { p99: histogram.percentile(99) / NANOSECONDS, longest: histogram.max / NANOSECONDS, took };
}

const row = (name: string, { p99, longest, took }: Delays) => [
  name,
  p99.toFixed(1),
  longest.toFixed(1),
  took.toFixed(0),
];
