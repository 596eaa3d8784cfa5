import { fullName } from "../../scenario/arm.js";
import type { Trial } from "../../scenario/trial.js";
import { heardText } from "../../virtual/run/heard-text.js";

/** What sums told of the metrics that the task names, of every federation with the first seed. */
export const heardNotes = (trials: readonly Trial[]): string[] =>
  trials.flatMap((trial) => {
    const { heard, seed } = trial;
    if (!heard || seed !== trials[0]?.seed) return [];
    return heardText(heard).map(([name, text]) => `${fullName(trial)}, seed ${seed}: ${name}: ${text}`);
  });
