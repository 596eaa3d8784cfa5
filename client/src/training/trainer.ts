import { clientUpdate, localTraining, type Measurements, type MeasuringOptions } from "@tacit/shared";
import { breathe } from "./breathe.js";

/** What a training run came to, for the host. */
export type TrainingOutcome =
  | { readonly ok: true; readonly modelVersion: number; readonly steps: number; readonly loss: number }
  | {
      readonly ok: false;
      readonly reason:
        | "no-consent"
        | "no-model"
        | "paused"
        | "busy"
        | "finished"
        | "too-few-interactions"
        | "limit-reached"
        | "closed"
        | "failed";
      readonly message: string;
    };

/** Trained parameters minus received ones, or why there are none. */
export type Trained =
  | {
      readonly ok: true;
      readonly update: Float32Array;
      readonly steps: number;
      readonly loss: number;
      /** What the task asks to be measured. */
      readonly measured: Measurements;
    }
  | { readonly ok: false; readonly reason: "too-few-interactions"; readonly transitions: number }
  | { readonly ok: false; readonly reason: "stopped" };

/** Trains step by step, with a breath for the host after each, until done or `signal` aborts. */
export async function train(options: MeasuringOptions, signal: AbortSignal): Promise<Trained> {
  const { metrics = [] } = options.model.task.privacy;
  const received =
    metrics.length > 0
      ? await breathing((await import("./measure.js")).measureReceived(options), signal)
      : undefined;
  const trained = await breathing(localTraining(options), signal);
  if (!trained || signal.aborted) return { ok: false, reason: "stopped" };
  if (!trained.ok) return { ok: false, reason: trained.refused, transitions: trained.transitions };
  const { parameters, steps, loss, meanReward } = trained;
  const update = clientUpdate(
    options.model,
    options.parameters,
    parameters,
    options.history,
    options.structure,
  );
  const measured = { ...received, loss, reward: meanReward };
  return { ok: true, update, steps, loss, measured };
}

/** All steps of some work, with a breath for the host after each; undefined where `signal` aborted it. */
async function breathing<Result>(
  work: Generator<unknown, Result>,
  signal: AbortSignal,
): Promise<Result | undefined> {
  for (;;) {
    if (signal.aborted) return undefined;
    const step = work.next();
    if (step.done) return step.value;
    await breathe();
  }
}

/** FedBuff's weight of an update that is `staleness` versions old (Nguyen et al. 2022, arXiv 2106.06639, §5). */
export const stalenessWeight = (staleness: number): number => 1 / Math.sqrt(1 + Math.max(0, staleness));
