import type { Draft, Parameter } from "../draft.js";
import type { Tensor } from "../tensor.js";

/**
 * Long short-term memory (Hochreiter & Schmidhuber 1997; with the forget gate of Gers et al. 2000):
 *
 *   i, f, o = σ(x·W + b + h·U)   g = tanh(x·Wg + bg + h·Ug)   c ← f ∘ c + i ∘ g   h ← o ∘ tanh(c)
 *
 * over the events of each state, oldest first; padding leaves h and c as they are.
 */
export interface LstmStep {
  readonly kind: "lstm";
  readonly mask: Tensor;
  readonly events: Tensor;
  /** E × 4H: [Wi Wf Wg Wo] */
  readonly inputWeights: Parameter;
  /** 1 × 4H */
  readonly bias: Parameter;
  /** H × 4H: [Ui Uf Ug Uo] */
  readonly stateWeights: Parameter;
  /** Events × 4H: i, f, g, o. Their gradients are those before the activations. */
  readonly gates: Tensor;
  /** Events × H: c after each event. */
  readonly cells: Tensor;
  /** Events × H: h after each event. */
  readonly hidden: Tensor;
  /** States × H: h after the last one. */
  readonly output: Tensor;
}

export function lstm(draft: Draft<LstmStep>, mask: Tensor, events: Tensor, width: number): Tensor {
  const [E, H, panels] = [events.columns, width, 4];
  const normal = (inputs: number) => ({ kind: "normal", deviation: 1 / Math.sqrt(inputs) }) as const;
  const output = draft.hidden("lstm out", "states", H);
  draft.step({
    kind: "lstm",
    mask,
    events,
    inputWeights: draft.parameter("lstm input", E, panels * H, normal(E), { panels }),
    bias: draft.parameter("lstm bias", 1, panels * H, { kind: "constant", value: 0 }, { panels }),
    stateWeights: draft.parameter("lstm state", H, panels * H, normal(H), { panels }),
    gates: draft.hidden("lstm gates", "events", panels * H, { panels }),
    cells: draft.hidden("lstm cells", "events", H),
    hidden: draft.hidden("lstm hidden", "events", H),
    output,
  });
  return output;
}
