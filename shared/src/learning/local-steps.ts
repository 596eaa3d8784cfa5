import type { TaskSpec } from "../task/task-spec.js";

/**
 * Steps that a client takes on so many transitions: always as many, or by the passes that the task asks for (the E of FedAvg,
 * McMahan et al. 2017, arXiv 1602.05629, algorithm 1), so that who has done more also says more, up to the clip.
 */
export function localSteps(
  { localSteps: most, localEpochs, batchSize }: TaskSpec["learning"],
  transitions: number,
): number {
  if (localEpochs === undefined) return most;
  return Math.min(most, Math.max(1, Math.ceil((localEpochs * transitions) / batchSize)));
}
