import type { GruStep } from "../layers/gru.js";
import type { Layer } from "./layer.js";
import { addRows, multiply, multiplyBackwardInput, multiplyBackwardWeights, sigmoid } from "./matrix.js";

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
