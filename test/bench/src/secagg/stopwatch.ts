/** Milliseconds on the clock, and of processor on all threads together. */
export interface Elapsed {
  readonly wall: number;
  readonly processor: number;
}

/** Starts; the result stops. */
export function stopwatch(): () => Elapsed {
  const start = performance.now();
  const used = process.cpuUsage();
  return () => {
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(used);
    return { wall, processor: (user + system) / 1000 };
  };
}

export async function processorTime(run: () => unknown): Promise<number> {
  const stop = stopwatch();
  await run();
  return stop().processor;
}
