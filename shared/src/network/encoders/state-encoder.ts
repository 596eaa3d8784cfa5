import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { Tensor } from "../tensor.js";
import { attentionEncoder } from "./attention-encoder.js";
import type { EventSequence } from "./event-sequence.js";
import { gruEncoder } from "./gru-encoder.js";
import { lstmEncoder } from "./lstm-encoder.js";

/**
 * What a state has beside the recency-weighted mean of its events: what their order or their company says. States × E;
 * undefined for the mean encoder, which has nothing beside it.
 */
export function encodeSequence(
  draft: NetworkDraft,
  shape: NetworkShape,
  sequence: EventSequence,
): Tensor | undefined {
  switch (shape.encoder) {
    case "mean":
      return undefined;
    case "gru":
      return gruEncoder(draft, shape, sequence);
    case "lstm":
      return lstmEncoder(draft, shape, sequence);
    case "attention":
      return attentionEncoder(draft, shape, sequence);
  }
}
