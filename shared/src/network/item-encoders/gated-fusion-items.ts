import { FAINT } from "../draft.js";
import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import { fusedItems } from "./fused-items.js";
import type { ItemEncoder } from "./item-encoder.js";

/**
 * Each modality has a projection of its own, and those that an item has share its embedding (after the gated multimodal
 * unit, Arevalo et al. 2017, arXiv 1702.01992, §3). Where one is missing the others take its share.
 */
export function gatedFusionItems(
  draft: NetworkDraft,
  { embedding: E, modalities = [] }: NetworkShape,
): ItemEncoder {
  // A modality's share of a row of features is undone: by itself it has norm at most 1.
  const deviation = Math.sqrt((modalities.length + 1) / E);
  const [first, ...rest] = modalities.map(({ kind, columns }, place) =>
    draft.parameter(`modality ${place}`, columns, E, {
      kind: "normal",
      deviation: kind === "id" ? FAINT * deviation : deviation,
    }),
  );
  if (!first) throw new Error("no modality");
  return fusedItems(draft, [first, ...rest]);
}
