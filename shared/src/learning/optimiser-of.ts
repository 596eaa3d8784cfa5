import type { Optimiser } from "../network/optimisers/optimiser.js";
import type { TaskSpec } from "../task/task-spec.js";

/** How a client of the task steps. */
export function optimiserOf({ learning }: TaskSpec): Optimiser {
  const { optimiser, learningRate, gradientClip, momentum } = learning;
  if (optimiser === "momentum") return { kind: optimiser, learningRate, gradientClip, momentum };
  return { kind: optimiser, learningRate, gradientClip };
}
