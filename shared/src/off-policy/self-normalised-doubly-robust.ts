import { correctedTerms, type EstimatorTerms } from "./estimator-terms.js";
import type { ModelledRounds } from "./logged-rounds.js";

/**
 * Self-normalised doubly robust: V̂ = (1/n) Σ q̂(x, π) + Σ w (r − q̂(x, a)) / Σ w. SNIPS's steadiness for the correction
 * of DR. Thomas & Brunskill 2016 (arXiv 1604.00923) §3, there "weighted doubly robust"; Kallus & Uehara 2019
 * (arXiv 1906.03735).
 */
export const selfNormalisedDoublyRobust = (rounds: ModelledRounds): EstimatorTerms =>
  correctedTerms(rounds, (weight) => weight);
