import type { GatedFusionStep } from "../layers/gated-fusion.js";
import type { Layer } from "./layer.js";

export const gatedFusionLayer: Layer<GatedFusionStep> = {
  forward({ present, scores, values, gates, output }, memory) {
    const p = memory.values(present);
    const s = memory.values(scores);
    const g = memory.values(gates);
    const y = memory.values(output);
    const [M, E, rows] = [values.length, output.columns, memory.rows(output)];
    y.fill(0, 0, rows * E);
    for (let n = 0; n < rows; n++) {
      let top = Number.NEGATIVE_INFINITY;
      for (let m = n * M; m < (n + 1) * M; m++) if (p[m]) top = Math.max(top, s[m] ?? 0);
      let sum = 0;
      for (let m = n * M; m < (n + 1) * M; m++) sum += g[m] = p[m] ? Math.exp((s[m] ?? 0) - top) : 0;
      for (let m = n * M; m < (n + 1) * M; m++) g[m] = sum > 0 ? (g[m] ?? 0) / sum : 0;
    }
    for (const [m, tensor] of values.entries()) {
      const x = memory.values(tensor);
      for (let i = 0; i < rows * E; i++) {
        y[i] = (y[i] ?? 0) + (g[Math.floor(i / E) * M + m] ?? 0) * (x[i] ?? 0);
      }
    }
  },
  backward({ scores, values, gates, output }, memory) {
    const g = memory.values(gates);
    const dGates = memory.gradients(gates);
    const dScores = memory.gradients(scores);
    const dy = memory.gradients(output);
    const [M, E, rows] = [values.length, output.columns, memory.rows(output)];
    for (const [m, tensor] of values.entries()) {
      const x = memory.values(tensor);
      const dx = memory.gradients(tensor);
      for (let i = 0; i < rows * E; i++) {
        const gate = Math.floor(i / E) * M + m;
        if (tensor.differentiable) dx[i] = (dx[i] ?? 0) + (g[gate] ?? 0) * (dy[i] ?? 0);
        dGates[gate] = (dGates[gate] ?? 0) + (x[i] ?? 0) * (dy[i] ?? 0);
      }
    }
    for (let n = 0; n < rows; n++) {
      let mean = 0;
      for (let m = n * M; m < (n + 1) * M; m++) mean += (g[m] ?? 0) * (dGates[m] ?? 0);
      for (let m = n * M; m < (n + 1) * M; m++) {
        dScores[m] = (dScores[m] ?? 0) + (g[m] ?? 0) * ((dGates[m] ?? 0) - mean);
      }
    }
  },
};
