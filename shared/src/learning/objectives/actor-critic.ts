import type { TaskSpec } from "../../task/task-spec.js";

/** One number a state of the batch: the logged facts. */
export interface ActorCriticBatch {
  /** r + γ·V(next state), from the parameters that were received. */
  readonly targets: ArrayLike<number>;
  /** Reward of the action. */
  readonly rewards: ArrayLike<number>;
  /** Logged propensities, 0 where there is none. */
  readonly propensities: ArrayLike<number>;
}

/** One number a state of the batch: what the network makes of it, or the loss's derivative by that. */
export interface ActorCriticTerms<Numbers> {
  /** ln π(a|s), over the whole catalogue. */
  readonly logPolicy: Numbers;
  /** H(π), nats. */
  readonly entropy: Numbers;
  /** ln p(a|s), over the sampled candidates. */
  readonly logChoice: Numbers;
  /** V(s) */
  readonly values: Numbers;
  /** ½ (V(s) − target)² */
  readonly valueLosses: Numbers;
}

type Writable = Float32Array | Float64Array;

/**
 * Off-policy actor-critic over sampled candidates, as a mean over the batch of
 *
 *   −policyWeight · w · A · ln π(a|s) + valueWeight · ½ (V(s) − target)² − entropyWeight · H(π) − nextItemWeight · 1[r > 0] · ln p(a|s)
 *
 * with A = target − V(s) and w = min(importanceClip, π(a|s) / propensity), both held constant; w = 1 without a
 * logged propensity. π corrects the sampled negatives to the whole catalogue; p is the sampled softmax.
 * Degris, White, Sutton 2012 (arXiv 1205.4839) §2; clipping after Munos et al. 2016 (arXiv 1606.02647);
 * next-item head after Xin et al. 2020 (arXiv 2006.05779).
 *
 * Writes the derivatives of every term but `values`, which no term depends on directly. Returns the loss.
 */
export function actorCritic(
  { objective, importanceClip }: Pick<TaskSpec["learning"], "objective" | "importanceClip">,
  rows: number,
  outputs: ActorCriticTerms<ArrayLike<number>>,
  batch: ActorCriticBatch,
  gradients: Omit<ActorCriticTerms<Writable>, "values">,
): number {
  const { policyWeight, valueWeight, entropyWeight, nextItemWeight } = objective;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const logPolicy = outputs.logPolicy[row] ?? 0;
    const propensity = batch.propensities[row] ?? 0;
    const weight = propensity > 0 ? Math.min(importanceClip, Math.exp(logPolicy) / propensity) : 1;
    const advantage = (batch.targets[row] ?? 0) - (outputs.values[row] ?? 0);
    const actor = policyWeight * weight * advantage;
    const chosen = (batch.rewards[row] ?? 0) > 0 ? nextItemWeight : 0;
    loss -= actor * logPolicy + entropyWeight * (outputs.entropy[row] ?? 0);
    loss += valueWeight * (outputs.valueLosses[row] ?? 0) - chosen * (outputs.logChoice[row] ?? 0);
    gradients.logPolicy[row] = -actor / rows;
    gradients.entropy[row] = -entropyWeight / rows;
    gradients.logChoice[row] = -chosen / rows;
    gradients.valueLosses[row] = valueWeight / rows;
  }
  return loss / rows;
}
