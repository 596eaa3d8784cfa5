import type { Draft, Parameter } from "../draft.js";
import type { Tensor } from "../tensor.js";
import type { Layer } from "./layer.js";
import { addRows, multiply, multiplyBackwardInput, multiplyBackwardWeights, sigmoid } from "./matrix.js";

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

export const gruLayer: Layer<GruStep> = {
  forward(step, memory) {
    const { mask, events, inputWeights, inputBias, stateWeights, stateBias, output } = step;
    const present = memory.values(mask);
    const gates = memory.values(step.gates);
    const recurrent = memory.values(step.recurrent);
    const hidden = memory.values(step.hidden);
    const U = memory.values(stateWeights);
    const c = memory.values(stateBias);
    const y = memory.values(output);
    const [H, L, rows] = [output.columns, memory.historyLength, memory.rows(events)];
    const bias = memory.values(inputBias);
    for (let i = 0; i < rows * 3 * H; i++) gates[i] = bias[i % (3 * H)] ?? 0;
    multiply(memory.values(events), memory.values(inputWeights), gates, [rows, events.columns, 3 * H]);
    const h = new Float64Array(H);
    const product = new Float64Array(3 * H);
    for (let i = 0; i < rows; i++) {
      if (i % L === 0) h.fill(0);
      if (present[i]) {
        multiply(h, U, product.fill(0), [1, H, 3 * H]);
        for (let j = 0; j < H; j++) {
          const at = i * 3 * H + j;
          const r = sigmoid((gates[at] ?? 0) + (product[j] ?? 0));
          const z = sigmoid((gates[at + H] ?? 0) + (product[H + j] ?? 0));
          const u = (product[2 * H + j] ?? 0) + (c[j] ?? 0);
          const n = Math.tanh((gates[at + 2 * H] ?? 0) + r * u);
          gates[at] = r;
          gates[at + H] = z;
          gates[at + 2 * H] = n;
          recurrent[i * H + j] = u;
          h[j] = (1 - z) * n + z * (h[j] ?? 0);
        }
      }
      hidden.set(h, i * H);
      if (i % L === L - 1) y.set(h, Math.floor(i / L) * H);
    }
  },
  backward(step, memory) {
    const { mask, events, inputWeights, inputBias, stateWeights, stateBias, output } = step;
    const present = memory.values(mask);
    const gates = memory.values(step.gates);
    const recurrent = memory.values(step.recurrent);
    const hidden = memory.values(step.hidden);
    const U = memory.values(stateWeights);
    const dGates = memory.gradients(step.gates);
    const dU = memory.gradients(stateWeights);
    const dc = memory.gradients(stateBias);
    const dy = memory.gradients(output);
    const [H, L, rows] = [output.columns, memory.historyLength, memory.rows(events)];
    const dh = new Float64Array(H);
    const before = new Float64Array(H);
    const dProduct = new Float64Array(3 * H);
    for (let i = rows - 1; i >= 0; i--) {
      if (i % L === L - 1) dh.set(dy.subarray(Math.floor(i / L) * H, (Math.floor(i / L) + 1) * H));
      if (!present[i]) continue;
      if (i % L === 0) before.fill(0);
      else before.set(hidden.subarray((i - 1) * H, i * H));
      for (let j = 0; j < H; j++) {
        const at = i * 3 * H + j;
        const [r, z, n] = [gates[at] ?? 0, gates[at + H] ?? 0, gates[at + 2 * H] ?? 0];
        const d = dh[j] ?? 0;
        const dn = d * (1 - z) * (1 - n * n);
        const dz = d * ((before[j] ?? 0) - n) * z * (1 - z);
        const dr = dn * (recurrent[i * H + j] ?? 0) * r * (1 - r);
        dGates[at] = dr;
        dGates[at + H] = dz;
        dGates[at + 2 * H] = dn;
        dProduct[j] = dr;
        dProduct[H + j] = dz;
        dProduct[2 * H + j] = dn * r;
        dh[j] = d * z;
      }
      multiplyBackwardInput(U, dProduct, dh, [1, H, 3 * H]);
      multiplyBackwardWeights(before, dProduct, dU, [1, H, 3 * H]);
      for (let j = 0; j < H; j++) dc[j] = (dc[j] ?? 0) + (dProduct[2 * H + j] ?? 0);
    }
    const size = [rows, events.columns, 3 * H] as const;
    multiplyBackwardWeights(memory.values(events), dGates, memory.gradients(inputWeights), size);
    addRows(dGates, memory.gradients(inputBias), rows, 3 * H);
    if (events.differentiable) {
      multiplyBackwardInput(memory.values(inputWeights), dGates, memory.gradients(events), size);
    }
  },
};
