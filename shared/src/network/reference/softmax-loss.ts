import type { SoftmaxLossStep } from "../layers/softmax-loss.js";
import type { Layer } from "./layer.js";

export const softmaxLossLayer: Layer<SoftmaxLossStep> = {
  forward({ logits, taken, correction, probabilities, logProbabilities, entropies }, memory) {
    const x = memory.values(logits);
    const p = memory.values(probabilities);
    const actions = memory.indices(taken);
    const logs = memory.values(logProbabilities);
    const entropy = memory.values(entropies);
    const states = memory.rows(logProbabilities);
    const C = (memory.rows(logits) * logits.columns) / states;
    for (let b = 0; b < states; b++) {
      const action = actions[b] ?? 0;
      const corrected = (c: number) => (x[b * C + c] ?? 0) + (c === action ? 0 : correction);
      let top = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < C; c++) top = Math.max(top, corrected(c));
      let sum = 0;
      for (let c = 0; c < C; c++) sum += p[b * C + c] = Math.exp(corrected(c) - top);
      const logSum = Math.log(sum);
      let mean = 0;
      for (let c = 0; c < C; c++) {
        const probability = (p[b * C + c] ?? 0) / sum;
        p[b * C + c] = probability;
        // ln p of one item of the many that a corrected logit stands for.
        mean += probability * ((x[b * C + c] ?? 0) - top);
      }
      logs[b] = corrected(action) - top - logSum;
      entropy[b] = logSum - mean;
    }
  },
  backward({ logits, taken, correction, probabilities, logProbabilities, entropies }, memory) {
    const p = memory.values(probabilities);
    const actions = memory.indices(taken);
    const entropy = memory.values(entropies);
    const dx = memory.gradients(logits);
    const dLogs = memory.gradients(logProbabilities);
    const dEntropies = memory.gradients(entropies);
    const states = memory.rows(logProbabilities);
    const C = (memory.rows(logits) * logits.columns) / states;
    for (let b = 0; b < states; b++) {
      const dLog = dLogs[b] ?? 0;
      const dEntropy = dEntropies[b] ?? 0;
      for (let c = 0; c < C; c++) {
        const probability = p[b * C + c] ?? 0;
        // p ln p → 0 as p → 0.
        const items = c === actions[b] ? 0 : correction;
        const surprise = probability > 0 ? Math.log(probability) - items + (entropy[b] ?? 0) : 0;
        const d = dLog * ((c === actions[b] ? 1 : 0) - probability) - dEntropy * probability * surprise;
        dx[b * C + c] = (dx[b * C + c] ?? 0) + d;
      }
    }
  },
};
