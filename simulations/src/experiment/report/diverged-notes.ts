import { fullName } from "../../scenario/arm.js";
import type { Trial } from "../../scenario/trial.js";

/** Trials that came to nothing: means are over the seeds of the others. */
export const divergedNotes = (trials: readonly Trial[]): string[] =>
  trials.flatMap((trial) =>
    trial.diverged === undefined ? [] : `${fullName(trial)}, seed ${trial.seed}: ${trial.diverged}`,
  );
