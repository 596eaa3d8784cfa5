import { setImmediate } from "node:timers/promises";

/** Between two pauses: Ctrl-C waits no longer. */
const PATIENCE_MILLISECONDS = 50;

/**
 * Takes all steps of a generator, with pauses in which the process hears its signals.
 * @throws the signal's reason once it is aborted.
 */
export async function inSteps<Step, Result>(
  steps: Generator<Step, Result>,
  signal: AbortSignal,
  onStep: (step: Step) => void,
): Promise<Result> {
  let paused = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const step = steps.next();
    if (step.done) return step.value;
    onStep(step.value);
    if (performance.now() - paused < PATIENCE_MILLISECONDS) continue;
    await setImmediate();
    paused = performance.now();
  }
}
