import type { Draft, Parameter } from "../draft.js";
import type { Tensor } from "../tensor.js";

type Activation = "none" | "tanh" | "relu";

export interface Term {
  readonly input: Tensor;
  /** The input's columns × the output's. */
  readonly weights: Parameter;
}

/** y = activation(Σ input · weights + bias + residual) */
export interface LinearStep {
  readonly kind: "linear";
  /** At least one. */
  readonly terms: readonly Term[];
  /** 1 × columns */
  readonly bias: Parameter | undefined;
  /** Of the output's shape. */
  readonly residual: Tensor | undefined;
  readonly activation: Activation;
  readonly output: Tensor;
}

interface LinearOptions {
  readonly terms: readonly [Term, ...Term[]];
  readonly bias?: Parameter;
  readonly residual?: Tensor;
  readonly activation?: Activation;
}

/** A dense layer; several inputs stand for one that is their concatenation. */
export function linear(
  draft: Draft<LinearStep>,
  { terms, bias, residual, activation = "none" }: LinearOptions,
): Tensor {
  const [{ input, weights }] = terms;
  const output = draft.hidden(`${weights.name} out`, input.rows, weights.columns, {
    panels: weights.panels,
  });
  draft.step({ kind: "linear", terms, bias, residual, activation, output });
  return output;
}
