import type { Draft } from "../draft.js";
import type { Indices, Tensor } from "../tensor.js";

/**
 * The categorical distribution over each state's logits: the log-probability of the action taken, and the entropy.
 * −log-probability is the softmax loss.
 *
 * Where the other logits are those of sampled negatives that stand for many items each, `correction` (the logarithm of
 * how many) makes it the sampled softmax loss (Jean et al. 2015, arXiv 1412.2007, §3; Yi et al. 2019, §3), and the entropy that
 * of all these items: −Σ p (ln p − correction of those that stand for many).
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
