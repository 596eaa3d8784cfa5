import type { Parameter } from "./draft.js";
import { linear } from "./layers/linear.js";
import { tableMinimum } from "./layers/table-minimum.js";
import type { NetworkDraft } from "./network.js";
import type { Indices, Tensor } from "./tensor.js";

/** Buckets of one item: those that it shares with something popular are outdone by one that it does not. */
export const BUCKETS_AN_ITEM = 3;

interface ItemPrior {
  /** Buckets × 1, the last block of the flat vector: ln of what is popular, which comes with a version and is not trained. */
  readonly table: Parameter;
  /** Candidates × 1 */
  readonly biases: Tensor;
}

/** Adds to each candidate's bias what the least of its buckets says, times a weight that is learned. */
export function itemPrior(draft: NetworkDraft, buckets: number, input: Indices, biases: Tensor): ItemPrior {
  const weights = draft.parameter("prior weight", 1, 1, { kind: "constant", value: 1 });
  const table = draft.parameter("prior", buckets, 1, { kind: "constant", value: 0 }, { trained: false });
  const popular = tableMinimum(draft, input, table);
  return { table, biases: linear(draft, { terms: [{ input: popular, weights }], residual: biases }) };
}
