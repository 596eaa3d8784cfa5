import { correctedTerms, type EstimatorTerms } from "./estimator-terms.js";
import type { ModelledRounds } from "./logged-rounds.js";

/**
 * Doubly robust: V̂ = (1/n) Σ [ q̂(x, π) + w (r − q̂(x, a)) ]. Unbiased where the propensities or the reward model are
 * right; the model is a control variate, so it varies less than IPS where the model explains anything.
 * Dudík, Langford, Li 2011 (arXiv 1103.4601); Dudík et al. 2014 (arXiv 1503.02834) §3.
 */
export function doublyRobust(rounds: ModelledRounds): EstimatorTerms {
  const { weights: _, ...terms } = correctedTerms(rounds, (weight) => weight);
  return terms;
}
