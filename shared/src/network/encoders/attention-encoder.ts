import { lastEvent } from "../layers/last-event.js";
import { layerNorm } from "../layers/layer-norm.js";
import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { Tensor } from "../tensor.js";
import { attentionBlock } from "./attention-block.js";
import type { EventSequence } from "./event-sequence.js";

/** Blocks of causal self-attention on one another, read at the last event (SASRec: Kang & McAuley 2018, arXiv 1808.09781, §III). */
export function attentionEncoder(
  draft: NetworkDraft,
  shape: NetworkShape,
  { events, mask }: EventSequence,
): Tensor {
  let top = events;
  for (let block = 1; block <= (shape.blocks ?? 1); block++) {
    top = attentionBlock(draft, shape, { events: top, mask }, block === 1 ? "" : `block ${block} `);
  }
  return lastEvent(draft, mask, layerNorm(draft, "sequence norm", top));
}
