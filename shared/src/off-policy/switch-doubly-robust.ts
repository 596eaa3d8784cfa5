import { correctedTerms, type EstimatorTerms } from "./estimator-terms.js";
import type { ModelledRounds } from "./logged-rounds.js";

/** The weight that Switch-DR leaves: all of it up to the threshold, nothing beyond. */
export const switchedWeight =
  (threshold: number) =>
  (weight: number): number =>
    weight <= threshold ? weight : 0;

/**
 * Switch-DR: V̂ = (1/n) Σ [ q̂(x, π) + w 1{w ≤ τ} (r − q̂(x, a)) ]. Rounds whose weight is beyond the threshold are left to
 * the model. τ = 0 is the direct method, τ = ∞ is DR. Wang, Agarwal, Dudík 2017 (arXiv 1612.01205) §4.
 * @param threshold τ ≥ 0.
 */
export function switchDoublyRobust(rounds: ModelledRounds, threshold: number): EstimatorTerms {
  const { weights: _, ...terms } = correctedTerms(rounds, switchedWeight(threshold));
  return terms;
}
