import { correctedTerms, sum } from "./estimator-terms.js";
import { importanceWeights } from "./importance-weights.js";
import type { ModelledRounds } from "./logged-rounds.js";

/** What τ and λ are looked for among. */
const CANDIDATE_PARAMETERS: readonly number[] = [
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
 * mean((w − ŵ)(r − q̂)). Su et al. 2020 (arXiv 1907.09623) §5, with the direct estimate of the bias. Its upper bound there also
 * adds what the largest weights could do, which on real logs outweighs all else and always chooses DR. Of equal ones the first.
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
