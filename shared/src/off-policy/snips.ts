import { correctedTerms, type EstimatorTerms } from "./estimator-terms.js";
import type { LoggedRounds } from "./logged-rounds.js";

/**
 * Self-normalised inverse propensity scoring: V̂ = Σ w r / Σ w. Never outside the range of the rewards, and unmoved by
 * a factor on all propensities; biased by O(1/n), consistent. Swaminathan & Joachims 2015, "The self-normalized
 * estimator for counterfactual learning", §4.
 */
export const snips = ({ rewards, propensities, probabilities }: LoggedRounds): EstimatorTerms =>
  correctedTerms({ rewards, propensities, probabilities }, (weight) => weight);
