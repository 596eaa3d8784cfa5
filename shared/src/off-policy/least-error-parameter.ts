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

const DELTA = 0.05;

/**
 * The parameter with the least estimated squared error: sample variance / n plus the square of an upper bound of the bias,
 *
 *   |mean((w − ŵ)(r − q̂))| + √(2 mean(w²) ln(2/δ) / n) + 2 max(w) ln(2/δ) / (3n), δ = 0.05.
 *
 * Su et al. 2020 (arXiv 1907.09623) §5, as the Open Bandit Pipeline tunes (Saito et al. 2021, arXiv 2008.07146). Of equal
 * ones the first.
 */
export function leastErrorParameter(
  rounds: ModelledRounds,
  weightOf: (parameter: number) => (weight: number) => number,
  candidates: readonly number[] = CANDIDATE_PARAMETERS,
): number {
  const count = rounds.rewards.length;
  const importance = importanceWeights(rounds);
  const bound = Math.log(2 / DELTA) / count;
  const heaviest = importance.reduce((most, weight) => Math.max(most, weight), 0);
  const slack =
    Math.sqrt((2 * bound * sum(importance.map((weight) => weight ** 2))) / count) +
    (2 * heaviest * bound) / 3;
  let best = { parameter: candidates[0] ?? 0, error: Number.POSITIVE_INFINITY };
  for (const parameter of candidates) {
    const { base, corrections, weights } = correctedTerms(rounds, weightOf(parameter));
    const terms = base.values.map((value, i) => value + (corrections.values[i] ?? 0));
    const mean = sum(terms) / count;
    const variance = sum(terms.map((term) => (term - mean) ** 2)) / count;
    const left = importance.map(
      (weight, i) =>
        (weight - (weights.values[i] ?? 0)) * ((rounds.rewards[i] ?? 0) - (rounds.estimates[i] ?? 0)),
    );
    const error = variance / count + (Math.abs(sum(left) / count) + slack) ** 2;
    if (error < best.error) best = { parameter, error };
  }
  return best.parameter;
}
