import { correctedTerms, type EstimatorTerms } from "./estimator-terms.js";
import type { ModelledRounds } from "./logged-rounds.js";

/**
 * The direct method: V̂ = (1/n) Σ q̂(x, π). Varies little and asks for no propensities; as biased as the reward model is.
 * Beygelzimer & Langford 2009 (arXiv 0812.4044); Dudík et al. 2014 (arXiv 1503.02834) §2.
 */
export function directMethod(rounds: ModelledRounds): EstimatorTerms {
  const { weights: _, ...terms } = correctedTerms(rounds, () => 0);
  return terms;
}
