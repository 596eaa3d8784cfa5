import type { LstmStep } from "../layers/lstm.js";
import type { Layer } from "./layer.js";
import { addRows, multiply, multiplyBackwardInput, multiplyBackwardWeights, sigmoid } from "./matrix.js";

export const lstmLayer: Layer<LstmStep> = {
  forward(step, memory) {
    const { mask, events, inputWeights, stateWeights, output } = step;
    const present = memory.values(mask);
    const gates = memory.values(step.gates);
    const cells = memory.values(step.cells);
    const hidden = memory.values(step.hidden);
    const U = memory.values(stateWeights);
    const y = memory.values(output);
    const [H, L, rows] = [output.columns, memory.historyLength, memory.rows(events)];
    const bias = memory.values(step.bias);
    for (let i = 0; i < rows * 4 * H; i++) gates[i] = bias[i % (4 * H)] ?? 0;
    multiply(memory.values(events), memory.values(inputWeights), gates, [rows, events.columns, 4 * H]);
    const h = new Float64Array(H);
    const c = new Float64Array(H);
    for (let i = 0; i < rows; i++) {
      if (i % L === 0) {
        h.fill(0);
        c.fill(0);
      }
      if (present[i]) {
        const row = gates.subarray(i * 4 * H, (i + 1) * 4 * H);
        multiply(h, U, row, [1, H, 4 * H]);
        for (let j = 0; j < H; j++) {
          const input = sigmoid(row[j] ?? 0);
          const forget = sigmoid(row[H + j] ?? 0);
          const candidate = Math.tanh(row[2 * H + j] ?? 0);
          const out = sigmoid(row[3 * H + j] ?? 0);
          const cell = forget * (c[j] ?? 0) + input * candidate;
          row[j] = input;
          row[H + j] = forget;
          row[2 * H + j] = candidate;
          row[3 * H + j] = out;
          c[j] = cell;
          h[j] = out * Math.tanh(cell);
        }
      }
      cells.set(c, i * H);
      hidden.set(h, i * H);
      if (i % L === L - 1) y.set(h, Math.floor(i / L) * H);
    }
  },
  backward(step, memory) {
    const { mask, events, inputWeights, stateWeights, output } = step;
    const present = memory.values(mask);
    const gates = memory.values(step.gates);
    const cells = memory.values(step.cells);
    const hidden = memory.values(step.hidden);
    const U = memory.values(stateWeights);
    const dGates = memory.gradients(step.gates);
    const dU = memory.gradients(stateWeights);
    const dy = memory.gradients(output);
    const [H, L, rows] = [output.columns, memory.historyLength, memory.rows(events)];
    const dh = new Float64Array(H);
    const dc = new Float64Array(H);
    const none = new Float64Array(H);
    for (let i = rows - 1; i >= 0; i--) {
      if (i % L === L - 1) {
        dh.set(dy.subarray(Math.floor(i / L) * H, (Math.floor(i / L) + 1) * H));
        dc.fill(0);
      }
      if (!present[i]) continue;
      const first = i % L === 0;
      const before = first ? none : hidden.subarray((i - 1) * H, i * H);
      const cellsBefore = first ? none : cells.subarray((i - 1) * H, i * H);
      const dRow = dGates.subarray(i * 4 * H, (i + 1) * 4 * H);
      for (let j = 0; j < H; j++) {
        const at = i * 4 * H + j;
        const [input, forget] = [gates[at] ?? 0, gates[at + H] ?? 0];
        const [candidate, out] = [gates[at + 2 * H] ?? 0, gates[at + 3 * H] ?? 0];
        const squashed = Math.tanh(cells[i * H + j] ?? 0);
        const d = dh[j] ?? 0;
        const dCell = (dc[j] ?? 0) + d * out * (1 - squashed * squashed);
        dRow[j] = dCell * candidate * input * (1 - input);
        dRow[H + j] = dCell * (cellsBefore[j] ?? 0) * forget * (1 - forget);
        dRow[2 * H + j] = dCell * input * (1 - candidate * candidate);
        dRow[3 * H + j] = d * squashed * out * (1 - out);
        dc[j] = dCell * forget;
      }
      multiplyBackwardInput(U, dRow, dh.fill(0), [1, H, 4 * H]);
      multiplyBackwardWeights(before, dRow, dU, [1, H, 4 * H]);
    }
    const size = [rows, events.columns, 4 * H] as const;
    multiplyBackwardWeights(memory.values(events), dGates, memory.gradients(inputWeights), size);
    addRows(dGates, memory.gradients(step.bias), rows, 4 * H);
    if (events.differentiable) {
      multiplyBackwardInput(memory.values(inputWeights), dGates, memory.gradients(events), size);
    }
  },
};
