import { gru } from "../layers/gru.js";
import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { Tensor } from "../tensor.js";
import type { EventSequence } from "./event-sequence.js";

/** What a GRU holds after the last event (GRU4Rec: Hidasi et al. 2016, arXiv 1511.06939, §3.1). */
export function gruEncoder(
  draft: NetworkDraft,
  { embedding }: NetworkShape,
  { events, mask }: EventSequence,
): Tensor {
  return gru(draft, mask, events, embedding);
}
