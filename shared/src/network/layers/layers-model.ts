import type { LayersSpec } from "../../task/layers-spec.js";
import type { Draft, Parameter } from "../draft.js";
import type { RecommenderInputs } from "../recommender-inputs.js";
import type { Tensor } from "../tensor.js";

/** What a task's own model may read: the recommender's inputs, with items as rows of F columns. */
export interface OwnModelInputs
  extends Omit<RecommenderInputs, "events" | "candidates" | "personal" | "buckets"> {
  readonly events: Tensor;
  readonly candidates: Tensor;
}

/** A whole TensorFlow.js LayersModel that the task brings. Only the tfjs engine computes it. */
export interface LayersModelStep {
  readonly kind: "layers-model";
  readonly spec: LayersSpec;
  /** It may use any of them. */
  readonly inputs: OwnModelInputs;
  /** In the spec's order; the last axis is the columns, those before it the rows. */
  readonly weights: readonly Parameter[];
  /** Candidates × 1 */
  readonly logits: Tensor;
  /** States × 1 */
  readonly values: Tensor;
}

export function layersModel(
  draft: Draft<LayersModelStep>,
  spec: LayersSpec,
  inputs: OwnModelInputs,
): Pick<LayersModelStep, "logits" | "values"> {
  const weights = spec.weights.map(({ name, shape, initial }) => {
    const columns = shape.at(-1) ?? 1;
    const rows = shape.reduce((product, length) => product * length, 1) / columns;
    return draft.parameter(name, rows, columns, initial);
  });
  const logits = draft.hidden("logits", "candidates", 1);
  const values = draft.hidden("values", "states", 1);
  draft.step({ kind: "layers-model", spec, inputs, weights, logits, values });
  return { logits, values };
}
