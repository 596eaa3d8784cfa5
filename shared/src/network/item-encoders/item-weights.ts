import type { Parameter } from "../draft.js";
import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";

/**
 * Projects features into embeddings. Random at first: products of random projections approximate those of the features.
 * An item's id begins faintly: it says nothing yet, but two ids must not have the very same gradient.
 */
export function itemWeights(
  draft: NetworkDraft,
  { features, embedding, modalities = [] }: NetworkShape,
): Parameter {
  const faint = modalities.filter(({ kind }) => kind === "id");
  return draft.parameter("item", features, embedding, {
    kind: "normal",
    deviation: 1 / Math.sqrt(embedding),
    ...(faint.length > 0 && { faint }),
  });
}
