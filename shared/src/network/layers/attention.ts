import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";

/**
 * One head of scaled dot-product attention (Vaswani et al. 2017, arXiv 1706.03762, §3.2.1) among the events of each
 * state: an event sees itself and those before it. Padding sees nothing and is not seen.
 */
export interface AttentionStep {
  readonly kind: "attention";
  readonly mask: Tensor;
  /** Events × E each. */
  readonly queries: Tensor;
  readonly keys: Tensor;
  readonly seen: Tensor;
  /** Events × L: how much event i looks at event j of its state. */
  readonly looks: Tensor;
  /** Events × E */
  readonly output: Tensor;
}

interface AttentionInputs {
  readonly mask: Tensor;
  readonly queries: Tensor;
  readonly keys: Tensor;
  readonly seen: Tensor;
}

export function attention(draft: Draft<AttentionStep>, inputs: AttentionInputs): Tensor {
  const looks = draft.hidden("looks", "events", draft.historyLength);
  const output = draft.hidden("attended", "events", inputs.seen.columns);
  draft.step({ kind: "attention", ...inputs, looks, output });
  return output;
}
