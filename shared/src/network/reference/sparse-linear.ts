import type { SparseLinearStep } from "../layers/sparse-linear.js";
import type { Layer } from "./layer.js";

export const sparseLinearLayer: Layer<SparseLinearStep> = {
  forward({ columns, values, weights, output }, memory) {
    const [c, v, w] = [memory.indices(columns), memory.values(values), memory.values(weights)];
    const y = memory.values(output);
    const [K, E, rows] = [values.columns, output.columns, memory.rows(output)];
    y.fill(0, 0, rows * E);
    for (let i = 0; i < rows * K; i++) {
      const value = v[i] ?? 0;
      if (value === 0) continue;
      const [from, to] = [(c[i] ?? 0) * E, Math.floor(i / K) * E];
      for (let e = 0; e < E; e++) y[to + e] = (y[to + e] ?? 0) + value * (w[from + e] ?? 0);
    }
  },
  backward({ columns, values, weights, output }, memory) {
    const [c, v, dw] = [memory.indices(columns), memory.values(values), memory.gradients(weights)];
    const dy = memory.gradients(output);
    const [K, E, rows] = [values.columns, output.columns, memory.rows(output)];
    for (let i = 0; i < rows * K; i++) {
      const value = v[i] ?? 0;
      if (value === 0) continue;
      const [to, from] = [(c[i] ?? 0) * E, Math.floor(i / K) * E];
      for (let e = 0; e < E; e++) dw[to + e] = (dw[to + e] ?? 0) + value * (dy[from + e] ?? 0);
    }
  },
};
