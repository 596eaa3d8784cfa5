import type { Draft } from "../draft.js";
import type { Indices, Tensor } from "../tensor.js";
import type { Layer } from "./layer.js";

/**
 * The categorical distribution over each state's logits: the log-probability of the action taken, and the entropy.
 * −log-probability is the softmax loss.
 *
 * Where the other logits are those of sampled negatives that stand for many items each, `correction` (the logarithm of
 * how many) makes it the sampled softmax loss (Jean et al. 2015, arXiv 1412.2007, §3; Yi et al. 2019, §3).
 */
export interface SoftmaxLossStep {
  readonly kind: "softmax-loss";
  /** States × C, or candidates × 1. */
  readonly logits: Tensor;
  /** States × 1: the column of the action taken. */
  readonly taken: Indices;
  /** Added to every logit but that of the action taken. */
  readonly correction: number;
  /** Of the logits' shape. */
  readonly probabilities: Tensor;
  /** States × 1: ln p(action taken). */
  readonly logProbabilities: Tensor;
  /** States × 1, in nats. */
  readonly entropies: Tensor;
}

export interface Distribution {
  readonly logProbabilities: Tensor;
  readonly entropies: Tensor;
}

export function softmaxLoss(draft: Draft<SoftmaxLossStep>, logits: Tensor, taken: Indices): Distribution {
  return sampledSoftmaxLoss(draft, logits, taken, 0);
}

export function sampledSoftmaxLoss(
  draft: Draft<SoftmaxLossStep>,
  logits: Tensor,
  taken: Indices,
  correction: number,
): Distribution {
  const probabilities = draft.hidden("probabilities", logits.rows, logits.columns);
  const logProbabilities = draft.hidden("log-probabilities", "states", 1);
  const entropies = draft.hidden("entropies", "states", 1);
  draft.step({
    kind: "softmax-loss",
    logits,
    taken,
    correction,
    probabilities,
    logProbabilities,
    entropies,
  });
  return { logProbabilities, entropies };
}

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
        mean += probability * (corrected(c) - top);
      }
      logs[b] = corrected(action) - top - logSum;
      entropy[b] = logSum - mean;
    }
  },
  backward({ logits, taken, probabilities, logProbabilities, entropies }, memory) {
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
        const surprise = probability > 0 ? Math.log(probability) + (entropy[b] ?? 0) : 0;
        const d = dLog * ((c === actions[b] ? 1 : 0) - probability) - dEntropy * probability * surprise;
        dx[b * C + c] = (dx[b * C + c] ?? 0) + d;
      }
    }
  },
};
