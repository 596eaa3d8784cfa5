import { EXIT_FAILED, EXIT_INTERRUPTED, untilStopped } from "./until-stopped.js";

/** A command's work: stops cleanly on Ctrl-C, and says in one line what went wrong. */
export async function supervise(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  await untilStopped(async (signal) => {
    try {
      await work(signal);
    } catch (error) {
      process.exitCode = signal.aborted ? EXIT_INTERRUPTED : EXIT_FAILED;
      process.stderr.write(signal.aborted ? "stopped\n" : `tacit-sim: ${describe(error)}\n`);
    }
  });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`;
}
