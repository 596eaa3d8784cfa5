import type { LoggedRounds } from "./logged-rounds.js";

/** w = π(a|x) / p(a|x), one a round. */
export const importanceWeights = ({ probabilities, propensities }: LoggedRounds): Float64Array =>
  probabilities.map((probability, i) => probability / (propensities[i] ?? Number.NaN));
