import type { Draft, Parameter } from "../draft.js";
import type { Tensor } from "../tensor.js";

/** Keeps the root of a constant row's variance away from zero. */
export const LAYER_NORM_EPSILON = 1e-5;

/** y = gain ∘ (x − mean) / √(variance + ε) + bias, over each row (Ba et al. 2016, arXiv 1607.06450). */
export interface LayerNormStep {
  readonly kind: "layer-norm";
  readonly input: Tensor;
  /** 1 × columns each. */
  readonly gain: Parameter;
  readonly bias: Parameter;
  /** Rows × 1: 1 / √(variance + ε). */
  readonly scales: Tensor;
  /** Of the input's shape: the row before gain and bias. */
  readonly normal: Tensor;
  readonly output: Tensor;
}

export function layerNorm(draft: Draft<LayerNormStep>, name: string, input: Tensor): Tensor {
  const { rows, columns } = input;
  const output = draft.hidden(`${name} out`, rows, columns);
  draft.step({
    kind: "layer-norm",
    input,
    gain: draft.parameter(`${name} gain`, 1, columns, { kind: "constant", value: 1 }),
    bias: draft.parameter(`${name} bias`, 1, columns, { kind: "constant", value: 0 }),
    scales: draft.hidden(`${name} scales`, rows, 1),
    normal: draft.hidden(`${name} normal`, rows, columns),
    output,
  });
  return output;
}
