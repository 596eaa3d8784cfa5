import { correctedTerms, type EstimatorTerms } from "./estimator-terms.js";
import type { ModelledRounds } from "./logged-rounds.js";

/** The weight after optimistic shrinkage: λ w / (w² + λ), w itself where λ is infinite. */
export const shrunkWeight =
  (lambda: number) =>
  (weight: number): number => {
    if (lambda === Number.POSITIVE_INFINITY) return weight;
    return lambda === 0 ? 0 : (lambda * weight) / (weight ** 2 + lambda);
  };

/**
 * Doubly robust with optimistic shrinkage (DRos): V̂ = (1/n) Σ [ q̂(x, π) + λ w / (w² + λ) (r − q̂(x, a)) ]. The weights that
 * minimise a bound of the squared error; none is above √λ / 2. λ = 0 is the direct method, λ = ∞ is DR.
 * Su et al. 2020 (arXiv 1907.09623) §4.
 * @param lambda λ ≥ 0.
 */
export function shrunkDoublyRobust(rounds: ModelledRounds, lambda: number): EstimatorTerms {
  const { weights: _, ...terms } = correctedTerms(rounds, shrunkWeight(lambda));
  return terms;
}
