import { correctedTerms, type EstimatorTerms } from "./estimator-terms.js";
import type { LoggedRounds } from "./logged-rounds.js";

/**
 * Inverse propensity scoring: V̂ = (1/n) Σ w r with w = π(a|x) / p(a|x). Unbiased wherever p(a|x) > 0 for all that π may
 * show; its variance grows with w². Horvitz & Thompson 1952; Strehl et al. 2010 (arXiv 1003.0120) §3.
 */
export function ips({ rewards, propensities, probabilities }: LoggedRounds): EstimatorTerms {
  const { weights: _, ...terms } = correctedTerms(
    { rewards, propensities, probabilities },
    (weight) => weight,
  );
  return terms;
}
