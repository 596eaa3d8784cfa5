import type { LinearStep } from "../layers/linear.js";
import type { Layer } from "./layer.js";
import { addRows, multiply, multiplyBackwardInput, multiplyBackwardWeights } from "./matrix.js";

export const linearLayer: Layer<LinearStep> = {
  forward({ terms, bias, residual, activation, output }, memory) {
    const rows = memory.rows(output);
    const y = memory.values(output);
    const added = bias && memory.values(bias);
    const skip = residual && memory.values(residual);
    const columns = output.columns;
    for (let i = 0; i < rows * columns; i++) y[i] = (added?.[i % columns] ?? 0) + (skip?.[i] ?? 0);
    for (const { input, weights } of terms) {
      multiply(memory.values(input), memory.values(weights), y, [rows, input.columns, columns]);
    }
    if (activation === "tanh") for (let i = 0; i < rows * columns; i++) y[i] = Math.tanh(y[i] ?? 0);
    if (activation === "relu") for (let i = 0; i < rows * columns; i++) y[i] = Math.max(0, y[i] ?? 0);
  },
  backward({ terms, bias, residual, activation, output }, memory) {
    const rows = memory.rows(output);
    const y = memory.values(output);
    const dy = memory.gradients(output);
    const columns = output.columns;
    if (activation === "tanh") {
      for (let i = 0; i < rows * columns; i++) dy[i] = (dy[i] ?? 0) * (1 - (y[i] ?? 0) ** 2);
    }
    if (activation === "relu") {
      for (let i = 0; i < rows * columns; i++) if ((y[i] ?? 0) <= 0) dy[i] = 0;
    }
    if (bias) addRows(dy, memory.gradients(bias), rows, columns);
    if (residual?.differentiable) addRows(dy, memory.gradients(residual), 1, rows * columns);
    for (const { input, weights } of terms) {
      const size = [rows, input.columns, columns] as const;
      multiplyBackwardWeights(memory.values(input), dy, memory.gradients(weights), size);
      if (input.differentiable) {
        multiplyBackwardInput(memory.values(weights), dy, memory.gradients(input), size);
      }
    }
  },
};
