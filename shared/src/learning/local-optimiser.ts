import type { TaskSpec } from "../task/task-spec.js";
import { adam } from "./adam.js";
import { sgd } from "./sgd.js";

/** Applies one gradient to the parameters, in place. */
export type LocalOptimiser = (parameters: Float32Array, gradient: Float32Array) => void;

export function createLocalOptimiser(
  { optimiser, learningRate }: TaskSpec["learning"],
  dimension: number,
): LocalOptimiser {
  return optimiser === "adam" ? adam(learningRate, dimension) : sgd(learningRate);
}
