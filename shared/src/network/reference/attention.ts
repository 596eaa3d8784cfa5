import type { AttentionStep } from "../layers/attention.js";
import type { Layer } from "./layer.js";

export const attentionLayer: Layer<AttentionStep> = {
  forward(step, memory) {
    const present = memory.values(step.mask);
    const q = memory.values(step.queries);
    const k = memory.values(step.keys);
    const v = memory.values(step.seen);
    const looks = memory.values(step.looks);
    const y = memory.values(step.output);
    const [L, D, E] = [memory.historyLength, step.keys.columns, step.output.columns];
    const scale = 1 / Math.sqrt(D);
    const rows = memory.rows(step.output);
    looks.fill(0, 0, rows * L);
    y.fill(0, 0, rows * E);
    for (let i = 0; i < rows; i++) {
      if (!present[i]) continue;
      const first = i - (i % L);
      let top = Number.NEGATIVE_INFINITY;
      for (let j = first; j <= i; j++) {
        let score = 0;
        for (let d = 0; d < D; d++) score += (q[i * D + d] ?? 0) * (k[j * D + d] ?? 0);
        looks[i * L + j - first] = score * scale;
        top = Math.max(top, score * scale);
      }
      let sum = 0;
      for (let j = 0; j <= i - first; j++) {
        sum += looks[i * L + j] = Math.exp((looks[i * L + j] ?? 0) - top);
      }
      for (let j = 0; j <= i - first; j++) {
        const look = (looks[i * L + j] ?? 0) / sum;
        looks[i * L + j] = look;
        for (let e = 0; e < E; e++) y[i * E + e] = (y[i * E + e] ?? 0) + look * (v[(first + j) * E + e] ?? 0);
      }
    }
  },
  backward(step, memory) {
    const present = memory.values(step.mask);
    const q = memory.values(step.queries);
    const k = memory.values(step.keys);
    const v = memory.values(step.seen);
    const looks = memory.values(step.looks);
    const dq = memory.gradients(step.queries);
    const dk = memory.gradients(step.keys);
    const dv = memory.gradients(step.seen);
    const dy = memory.gradients(step.output);
    const [L, D, E] = [memory.historyLength, step.keys.columns, step.output.columns];
    const scale = 1 / Math.sqrt(D);
    const dLooks = new Float64Array(L);
    for (let i = 0; i < memory.rows(step.output); i++) {
      if (!present[i]) continue;
      const first = i - (i % L);
      let mean = 0;
      for (let j = 0; j <= i - first; j++) {
        const look = looks[i * L + j] ?? 0;
        let dLook = 0;
        for (let e = 0; e < E; e++) {
          const at = (first + j) * E + e;
          dLook += (dy[i * E + e] ?? 0) * (v[at] ?? 0);
          dv[at] = (dv[at] ?? 0) + look * (dy[i * E + e] ?? 0);
        }
        dLooks[j] = dLook;
        mean += look * dLook;
      }
      for (let j = 0; j <= i - first; j++) {
        const dScore = scale * (looks[i * L + j] ?? 0) * ((dLooks[j] ?? 0) - mean);
        for (let d = 0; d < D; d++) {
          const [query, key] = [i * D + d, (first + j) * D + d];
          dq[query] = (dq[query] ?? 0) + dScore * (k[key] ?? 0);
          dk[key] = (dk[key] ?? 0) + dScore * (q[query] ?? 0);
        }
      }
    }
  },
};
