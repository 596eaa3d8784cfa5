import type { Parameter } from "../draft.js";
import type { ViewInput, ViewShape } from "../item-view.js";
import { linear } from "../layers/linear.js";
import { sparseLinear } from "../layers/sparse-linear.js";
import type { NetworkDraft } from "../network.js";
import type { Rows, Tensor } from "../tensor.js";

export function viewInput(
  draft: NetworkDraft,
  name: string,
  rows: Rows,
  { columns, most }: ViewShape,
): ViewInput {
  if (most === undefined) return { kind: "dense", features: draft.input(name, rows, columns) };
  return {
    kind: "sparse",
    columns: draft.integers(`${name} columns`, rows, most),
    values: draft.input(`${name} values`, rows, most),
  };
}

/** view · weights */
export function project(draft: NetworkDraft, view: ViewInput, weights: Parameter): Tensor {
  if (view.kind === "sparse") return sparseLinear(draft, view, weights);
  return linear(draft, { terms: [{ input: view.features, weights }] });
}
