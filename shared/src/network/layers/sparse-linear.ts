import type { Draft, Parameter } from "../draft.js";
import type { Indices, Tensor } from "../tensor.js";

/**
 * A product whose left side is mostly zeros: y_i = Σ_k values_ik · weights[columns_ik]. What {@link linear} makes of the
 * dense rows, at the price of their entries alone; the gradient of the weights is as dense as theirs.
 */
export interface SparseLinearStep {
  readonly kind: "sparse-linear";
  /** Rows × K, an input: rows of the weights. */
  readonly columns: Indices;
  /** Rows × K, an input: 0 behind a row's last entry. */
  readonly values: Tensor;
  readonly weights: Parameter;
  readonly output: Tensor;
}

export function sparseLinear(
  draft: Draft<SparseLinearStep>,
  { columns, values }: Pick<SparseLinearStep, "columns" | "values">,
  weights: Parameter,
): Tensor {
  const output = draft.hidden(`${weights.name} out`, values.rows, weights.columns);
  draft.step({ kind: "sparse-linear", columns, values, weights, output });
  return output;
}
