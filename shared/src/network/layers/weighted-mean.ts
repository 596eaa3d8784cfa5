import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";

/** mean[b] = Σ_i weights[b, i] · events[b, i] */
export interface WeightedMeanStep {
  readonly kind: "weighted-mean";
  /** An input, one column. */
  readonly weights: Tensor;
  readonly events: Tensor;
  readonly output: Tensor;
}

/** One row a state from its events, by given weights (such as recency). */
export function weightedMean(draft: Draft<WeightedMeanStep>, weights: Tensor, events: Tensor): Tensor {
  const output = draft.hidden("mean", "states", events.columns);
  draft.step({ kind: "weighted-mean", weights, events, output });
  return output;
}
