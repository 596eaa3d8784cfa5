import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import { fusedItems } from "./fused-items.js";
import type { ItemEncoder } from "./item-encoder.js";
import { itemWeights } from "./item-weights.js";

/**
 * One projection of an item's own features and of its neighbours', one and two steps away by each relation: light graph
 * convolution (He et al. 2020, arXiv 2002.02126) whose steps were taken before training, with learned weights of
 * relations and distances in place of equal ones.
 */
export function graphItems(draft: NetworkDraft, shape: NetworkShape): ItemEncoder {
  const weights = itemWeights(draft, shape);
  return fusedItems(draft, [weights, ...(shape.views ?? []).slice(1).map(() => weights)]);
}
