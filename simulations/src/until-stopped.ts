const PATIENCE_MILLISECONDS = 1000;

export const EXIT_FAILED = 1;
export const EXIT_INTERRUPTED = 130;

/** Ctrl-C asks the work to stop; a second one does not wait for it. */
export async function untilStopped<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  let asked: number | undefined;
  const stop = () => {
    asked ??= performance.now();
    controller.abort(new Error("stopped"));
    // A terminal sends Ctrl-C to npm as well, which passes it on: only a later one means "at once".
    if (performance.now() - asked > PATIENCE_MILLISECONDS) process.exit(EXIT_INTERRUPTED);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
