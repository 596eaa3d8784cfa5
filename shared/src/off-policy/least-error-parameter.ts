import { correctedTerms, sum } from "./estimator-terms.js";
import { importanceWeights } from "./importance-weights.js";
import type { ModelledRounds } from "./logged-rounds.js";

/** What τ and λ are looked for among: the direct method to DR. */
export const CANDIDATE_PARAMETERS: readonly number[] = [
  0,
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  1000,
  Number.POSITIVE_INFINITY,
];

/**
 * The parameter with the least estimated squared error: sample variance / n plus the square of the estimated bias,
 * mean((w − ŵ)(r − q̂)). Su et al. 2020 (arXiv 1907.09623) §5, with the direct estimate of the bias, as the Open Bandit Pipeline
 * without its upper bound. The square is too large by the bias's own variance, and that is as well: smaller weights are chosen
 * where the bias is within about one standard error of 0, and what is lost to DR stays small. With that variance taken off more
 * is lost; with the upper bound, which adds what the largest weights could do, the choice is always DR
 * (docs/learning/off-policy-evaluation.md has the figures). Of equal ones the first.
 */
export function leastErrorParameter(
  rounds: ModelledRounds,
  weightOf: (parameter: number) => (weight: number) => number,
): number {
  const count = rounds.rewards.length;
  const importance = importanceWeights(rounds);
  let best = { parameter: 0, error: Number.POSITIVE_INFINITY };
  for (const parameter of CANDIDATE_PARAMETERS) {
    const { base, corrections, weights } = correctedTerms(rounds, weightOf(parameter));
    const terms = base.values.map((value, i) => value + (corrections.values[i] ?? 0));
    const mean = sum(terms) / count;
    const variance = sum(terms.map((term) => (term - mean) ** 2)) / count;
    const left = importance.map(
      (weight, i) =>
        (weight - (weights.values[i] ?? 0)) * ((rounds.rewards[i] ?? 0) - (rounds.estimates[i] ?? 0)),
    );
    const error = variance / count + (sum(left) / count) ** 2;
    if (error < best.error) best = { parameter, error };
  }
  return best.parameter;
}
