import type { NetworkOutputs, OutputGradients } from "../network/engine.js";
import type { TaskSpec } from "../task/task-spec.js";

/** What the objective needs beside the network's outputs. Column 0 of the candidates is the action taken. */
export interface ActorCriticBatch {
  /** r + γ·V(next state), from the parameters that were received. Length B. */
  readonly targets: Float32Array;
  /** Reward of the action. Length B. */
  readonly rewards: Float32Array;
  /** Logged propensities, 0 where there is none. Length B. */
  readonly propensities: Float32Array;
  /** Catalogue items that one sampled negative stands for: (N − 1) / (C − 1). */
  readonly itemsPerNegative: number;
}

export interface ActorCriticLoss {
  readonly loss: number;
  readonly gradients: OutputGradients;
}

/**
 * Off-policy actor-critic over sampled candidates, as a mean over the batch of
 *
 *   −policyWeight · w · A · ln π(a|s) + valueWeight · ½ (V(s) − target)² − entropyWeight · H(π) − nextItemWeight · 1[r > 0] · ln p(a|s)
 *
 * with A = target − V(s) and w = min(importanceClip, π(a|s) / propensity), both held constant; w = 1 without a
 * logged propensity. π corrects the sampled negatives to the whole catalogue; p is the sampled softmax.
 * Degris, White, Sutton 2012 (arXiv 1205.4839) §2; clipping after Munos et al. 2016 (arXiv 1606.02647);
 * next-item head after Xin et al. 2020 (arXiv 2006.05779).
 */
export function actorCritic(
  { policyWeight, valueWeight, entropyWeight, nextItemWeight, importanceClip }: TaskSpec["learning"],
  outputs: NetworkOutputs,
  batch: ActorCriticBatch,
): ActorCriticLoss {
  const rows = outputs.values.length;
  const count = outputs.logits.length / rows;
  const gradients = { logits: new Float32Array(outputs.logits.length), values: new Float32Array(rows) };
  const offset = Math.log(batch.itemsPerNegative);
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const logits = outputs.logits.subarray(row * count, (row + 1) * count);
    const gradient = gradients.logits.subarray(row * count, (row + 1) * count);
    const value = at(outputs.values, row);
    const target = at(batch.targets, row);
    const propensity = at(batch.propensities, row);

    const policy = softmax(logits, offset);
    const pi = at(policy, 0);
    const weight = propensity > 0 ? Math.min(importanceClip, pi / propensity) : 1;
    const advantage = target - value;
    const actor = policyWeight * weight * advantage;
    const entropy = policy.reduce((sum, p) => sum - p * safeLog(p), 0);
    loss += -actor * safeLog(pi) + 0.5 * valueWeight * advantage * advantage - entropyWeight * entropy;
    for (let j = 0; j < count; j++) {
      const p = at(policy, j);
      const taken = j === 0 ? 1 : 0;
      gradient[j] = actor * (p - taken) + entropyWeight * p * (safeLog(p) + entropy);
    }
    if (at(batch.rewards, row) > 0) {
      const sampled = softmax(logits, 0);
      loss -= nextItemWeight * safeLog(at(sampled, 0));
      for (let j = 0; j < count; j++) {
        gradient[j] = at(gradient, j) + nextItemWeight * (at(sampled, j) - (j === 0 ? 1 : 0));
      }
    }
    gradients.values[row] = -valueWeight * advantage;
  }
  for (let i = 0; i < gradients.logits.length; i++) gradients.logits[i] = at(gradients.logits, i) / rows;
  for (let i = 0; i < rows; i++) gradients.values[i] = at(gradients.values, i) / rows;
  return { loss: loss / rows, gradients };
}

/** Softmax with `offset` added to every logit but the first. */
function softmax(logits: Float32Array, offset: number): Float64Array {
  const shifted = Float64Array.from(logits, (logit, j) => (j === 0 ? logit : logit + offset));
  const top = shifted.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let j = 0; j < shifted.length; j++) sum += shifted[j] = Math.exp(at(shifted, j) - top);
  return shifted.map((weight) => weight / sum);
}

const safeLog = (p: number) => Math.log(Math.max(p, 1e-30));

const at = (values: Float32Array | Float64Array, index: number): number => values[index] ?? 0;
