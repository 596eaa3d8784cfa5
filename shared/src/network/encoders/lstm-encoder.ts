import { lstm } from "../layers/lstm.js";
import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { Tensor } from "../tensor.js";
import type { EventSequence } from "./event-sequence.js";

/** What an LSTM holds after the last event (Wu et al. 2017, Recurrent Recommender Networks, §3.1). */
export function lstmEncoder(
  draft: NetworkDraft,
  { embedding }: NetworkShape,
  { events, mask }: EventSequence,
): Tensor {
  return lstm(draft, mask, events, embedding);
}
