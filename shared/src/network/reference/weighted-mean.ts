import type { WeightedMeanStep } from "../layers/weighted-mean.js";
import type { Layer } from "./layer.js";

export const weightedMeanLayer: Layer<WeightedMeanStep> = {
  forward({ weights, events, output }, memory) {
    const [w, x, y] = [memory.values(weights), memory.values(events), memory.values(output)];
    const { historyLength: L } = memory;
    const E = output.columns;
    y.fill(0, 0, memory.rows(output) * E);
    for (let i = 0; i < memory.rows(events); i++) {
      const weight = w[i] ?? 0;
      const to = Math.floor(i / L) * E;
      if (weight === 0) continue;
      for (let e = 0; e < E; e++) y[to + e] = (y[to + e] ?? 0) + weight * (x[i * E + e] ?? 0);
    }
  },
  backward({ weights, events, output }, memory) {
    const [w, dx, dy] = [memory.values(weights), memory.gradients(events), memory.gradients(output)];
    const { historyLength: L } = memory;
    const E = output.columns;
    for (let i = 0; i < memory.rows(events); i++) {
      const weight = w[i] ?? 0;
      const from = Math.floor(i / L) * E;
      for (let e = 0; e < E; e++) dx[i * E + e] = (dx[i * E + e] ?? 0) + weight * (dy[from + e] ?? 0);
    }
  },
};
