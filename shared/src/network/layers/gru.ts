import type { Draft, Parameter } from "../draft.js";
import type { Tensor } from "../tensor.js";

/**
 * Gated recurrent unit (Cho et al. 2014, arXiv 1406.1078) with the reset gate behind the product, as cuDNN has it:
 *
 *   r = σ(x·Wr + br + h·Ur)   z = σ(x·Wz + bz + h·Uz)   n = tanh(x·Wn + bn + r ∘ (h·Un + cn))   h ← (1 − z) ∘ n + z ∘ h
 *
 * over the events of each state, oldest first; padding leaves h as it is.
 */
export interface GruStep {
  readonly kind: "gru";
  readonly mask: Tensor;
  readonly events: Tensor;
  /** E × 3H: [Wr Wz Wn] */
  readonly inputWeights: Parameter;
  /** 1 × 3H: [br bz bn] */
  readonly inputBias: Parameter;
  /** H × 3H: [Ur Uz Un] */
  readonly stateWeights: Parameter;
  /** 1 × H: cn */
  readonly stateBias: Parameter;
  /** Events × 3H: r, z, n. Their gradients are those before the activations. */
  readonly gates: Tensor;
  /** Events × H: h·Un + cn. */
  readonly recurrent: Tensor;
  /** Events × H: h after each event. */
  readonly hidden: Tensor;
  /** States × H: h after the last one. */
  readonly output: Tensor;
}

export function gru(draft: Draft<GruStep>, mask: Tensor, events: Tensor, width: number): Tensor {
  const [E, H, panels] = [events.columns, width, 3];
  const zero = { kind: "constant", value: 0 } as const;
  const normal = (inputs: number) => ({ kind: "normal", deviation: 1 / Math.sqrt(inputs) }) as const;
  const output = draft.hidden("gru out", "states", H);
  draft.step({
    kind: "gru",
    mask,
    events,
    inputWeights: draft.parameter("gru input", E, panels * H, normal(E), { panels }),
    inputBias: draft.parameter("gru input bias", 1, panels * H, zero, { panels }),
    stateWeights: draft.parameter("gru state", H, panels * H, normal(H), { panels }),
    stateBias: draft.parameter("gru state bias", 1, H, zero),
    gates: draft.hidden("gru gates", "events", panels * H, { panels }),
    recurrent: draft.hidden("gru recurrent", "events", H),
    hidden: draft.hidden("gru hidden", "events", H),
    output,
  });
  return output;
}
