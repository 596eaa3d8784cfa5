import type { Parameter } from "./draft.js";
import { linear } from "./layers/linear.js";
import { sparseLinear } from "./layers/sparse-linear.js";
import type { NetworkDraft } from "./network.js";
import type { RecommenderInputs } from "./recommender-inputs.js";
import type { Tensor } from "./tensor.js";

interface ItemPrior {
  /** Buckets × 1, the last block of the flat vector: ln of what is popular, which comes with a version and is not trained. */
  readonly table: Parameter;
  /** Candidates × 1 */
  readonly biases: Tensor;
}

/** Adds to each candidate's bias what its bucket says, times a weight that is learned. */
export function itemPrior(
  draft: NetworkDraft,
  buckets: number,
  input: NonNullable<RecommenderInputs["buckets"]>,
  biases: Tensor,
): ItemPrior {
  const weights = draft.parameter("prior weight", 1, 1, { kind: "constant", value: 1 });
  const table = draft.parameter("prior", buckets, 1, { kind: "constant", value: 0 }, { trained: false });
  const popular = sparseLinear(draft, input, table);
  return { table, biases: linear(draft, { terms: [{ input: popular, weights }], residual: biases }) };
}
