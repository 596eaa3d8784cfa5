import { attention } from "../layers/attention.js";
import { layerNorm } from "../layers/layer-norm.js";
import { linear, type Term } from "../layers/linear.js";
import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { Tensor } from "../tensor.js";
import type { EventSequence } from "./event-sequence.js";

const ZERO = { kind: "constant", value: 0 } as const;

/**
 * Events × E: self-attention of several heads and feed-forward layers, each added to what it read (SASRec: Kang & McAuley
 * 2018, arXiv 1808.09781, §III.B; normalised before each part, Xiong et al. 2020, arXiv 2002.04745). `prefix` names its
 * parameters.
 */
export function attentionBlock(
  draft: NetworkDraft,
  shape: NetworkShape,
  { events, mask }: EventSequence,
  prefix: string,
): Tensor {
  const { embedding: E, hidden: H } = shape;
  const normal = { kind: "normal", deviation: 1 / Math.sqrt(E) } as const;
  const attended = linear(draft, {
    terms: headsOf(
      draft,
      shape,
      { events: layerNorm(draft, `${prefix}attention norm`, events), mask },
      prefix,
    ),
    residual: events,
  });
  const inner = linear(draft, {
    terms: [
      {
        input: layerNorm(draft, `${prefix}feed-forward norm`, attended),
        weights: draft.parameter(`${prefix}feed-forward hidden`, E, H, normal),
      },
    ],
    bias: draft.parameter(`${prefix}feed-forward hidden bias`, 1, H, ZERO),
    activation: "relu",
  });
  return linear(draft, {
    terms: [{ input: inner, weights: draft.parameter(`${prefix}feed-forward`, H, E, ZERO) }],
    bias: draft.parameter(`${prefix}feed-forward bias`, 1, E, ZERO),
    residual: attended,
  });
}

/**
 * Σ head · W_head: the concatenation of heads of E / heads columns, times one matrix (Vaswani et al. 2017, arXiv 1706.03762,
 * §3.2.2).
 */
function headsOf(
  draft: NetworkDraft,
  { embedding: E, heads = 1 }: NetworkShape,
  { events, mask }: EventSequence,
  prefix: string,
): readonly [Term, ...Term[]] {
  const width = E / heads;
  const normal = { kind: "normal", deviation: 1 / Math.sqrt(E) } as const;
  const head = (number: number): Term => {
    const name = (part: string) => `${prefix}${part}${number === 1 ? "" : ` ${number}`}`;
    const from = (part: string) =>
      linear(draft, {
        terms: [{ input: events, weights: draft.parameter(name(part), E, width, normal) }],
      });
    const inputs = { mask, queries: from("query"), keys: from("key"), seen: from("seen") };
    const seen = attention(draft, inputs);
    return { input: seen, weights: draft.parameter(name("attended"), width, E, ZERO) };
  };
  return [head(1), ...Array.from({ length: heads - 1 }, (_, i) => head(i + 2))];
}
