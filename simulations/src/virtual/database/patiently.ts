import { setTimeout as pause } from "node:timers/promises";

const TRIES = 30;
const PAUSE_MILLISECONDS = 1000;

/**
 * Does what may be done twice, again after each failure: a database that restarts ends no run.
 * @throws what the last try threw.
 */
export async function patiently<Result>(
  work: () => Promise<Result>,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || signal.aborted) throw error;
      say(`the database: ${error instanceof Error ? error.message : error}; trying again`);
      await pause(PAUSE_MILLISECONDS);
    }
  }
}
