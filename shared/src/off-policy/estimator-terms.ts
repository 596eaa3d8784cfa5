import { importanceWeights } from "./importance-weights.js";
import type { LoggedRounds, ModelledRounds } from "./logged-rounds.js";

/**
 * What every estimator of this room is made of, round by round: the model's opinion, and how far the weighted logged
 * rewards correct it. Its value is mean(base) + mean(corrections), or with weights mean(base) + Σ corrections / Σ weights.
 */
export interface EstimatorTerms {
  /** q̂(x, π); zeros without a model. */
  readonly base: Samples;
  /** ŵ · (r − q̂(x, a)). */
  readonly corrections: Samples;
  /** What the corrections are normalised by; undefined: by the number of rounds. */
  readonly weights?: Samples;
  /** Of rewards ({@link rewardRange}): no policy is worth less, or more. */
  readonly rewards: Range;
}

export interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** From 0 to 1, and as far beyond as the log's rewards go: a log without a reward does not say that there is none. */
export const rewardRange = (rewards: Float64Array): Range => ({
  minimum: rewards.reduce((least, reward) => Math.min(least, reward), 0),
  maximum: rewards.reduce((most, reward) => Math.max(most, reward), 1),
});

/** Values, and the range that any of them could have had. */
export interface Samples extends Range {
  readonly values: Float64Array;
}

/** The estimate itself. Where all weights are 0 nothing corrects the base. */
export function estimatedValue({ base, corrections, weights }: EstimatorTerms): number {
  const count = base.values.length;
  const divisor = weights ? sum(weights.values) : count;
  return sum(base.values) / count + (divisor > 0 ? sum(corrections.values) / divisor : 0);
}

/**
 * Terms of weights that were made from the importance weights, round by round. The ranges are those of the weights,
 * rewards and estimates in the log: a log that lacks the largest weight understates them.
 */
export function correctedTerms(
  rounds: LoggedRounds | ModelledRounds,
  weightOf: (importance: number) => number,
): EstimatorTerms & { readonly weights: Samples } {
  const { rewards } = rounds;
  const none = new Float64Array(rewards.length);
  const { estimates, expectations } =
    "estimates" in rounds ? rounds : { estimates: none, expectations: none };
  const weights = importanceWeights(rounds).map(weightOf);
  const corrections = weights.map((weight, i) => weight * ((rewards[i] ?? 0) - (estimates[i] ?? 0)));
  const [reward, estimate] = [rewardRange(rewards), extremes(estimates)];
  const heaviest = extremes(weights).maximum;
  return {
    base: { values: expectations, ...extremes(expectations) },
    corrections: {
      values: corrections,
      minimum: heaviest * Math.min(0, reward.minimum - estimate.maximum),
      maximum: heaviest * Math.max(0, reward.maximum - estimate.minimum),
    },
    weights: { values: weights, minimum: 0, maximum: heaviest },
    rewards: reward,
  };
}

function extremes(values: Float64Array): Range {
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  return { minimum, maximum };
}

/** Kahan's compensated sum: a million small terms lose nothing. */
export function sum(values: Float64Array): number {
  let [total, lost] = [0, 0];
  for (const value of values) {
    const corrected = value - lost;
    const next = total + corrected;
    lost = next - total - corrected;
    total = next;
  }
  return total;
}
