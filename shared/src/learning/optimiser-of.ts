import type { Optimiser } from "../network/optimisers/optimiser.js";
import type { TaskSpec } from "../task/task-spec.js";

/** How a client of the task steps. */
export function optimiserOf({ learning: { optimiser, learningRate, momentum } }: TaskSpec): Optimiser {
  if (optimiser === "momentum") return { kind: optimiser, learningRate, momentum };
  return { kind: optimiser, learningRate };
}
