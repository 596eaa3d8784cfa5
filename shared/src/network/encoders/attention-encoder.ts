import { attention } from "../layers/attention.js";
import { lastEvent } from "../layers/last-event.js";
import { layerNorm } from "../layers/layer-norm.js";
import { linear } from "../layers/linear.js";
import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { Tensor } from "../tensor.js";
import type { EventSequence } from "./event-sequence.js";

const ZERO = { kind: "constant", value: 0 } as const;

/**
 * One block of causal self-attention and its feed-forward layers, read at the last event (SASRec: Kang & McAuley 2018,
 * arXiv 1808.09781, §III; normalised before each part, Xiong et al. 2020, arXiv 2002.04745).
 */
export function attentionEncoder(
  draft: NetworkDraft,
  { embedding: E, hidden: H }: NetworkShape,
  { events, mask }: EventSequence,
): Tensor {
  const normal = { kind: "normal", deviation: 1 / Math.sqrt(E) } as const;
  const from = (input: Tensor, name: string) =>
    linear(draft, { terms: [{ input, weights: draft.parameter(name, E, E, normal) }] });
  const before = layerNorm(draft, "attention norm", events);
  const seen = attention(draft, {
    mask,
    queries: from(before, "query"),
    keys: from(before, "key"),
    seen: from(before, "seen"),
  });
  const attended = linear(draft, {
    terms: [{ input: seen, weights: draft.parameter("attended", E, E, ZERO) }],
    residual: events,
  });
  const inner = linear(draft, {
    terms: [
      {
        input: layerNorm(draft, "feed-forward norm", attended),
        weights: draft.parameter("feed-forward hidden", E, H, normal),
      },
    ],
    bias: draft.parameter("feed-forward hidden bias", 1, H, ZERO),
    activation: "relu",
  });
  const block = linear(draft, {
    terms: [{ input: inner, weights: draft.parameter("feed-forward", H, E, ZERO) }],
    bias: draft.parameter("feed-forward bias", 1, E, ZERO),
    residual: attended,
  });
  return lastEvent(draft, mask, layerNorm(draft, "sequence norm", block));
}
