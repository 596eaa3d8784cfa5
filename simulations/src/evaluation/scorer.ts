import type { EnvironmentClient } from "../environments/environment.js";

/** Something that ranks: higher is better, equal scores are broken by a seeded coin. */
export interface Scorer {
  /** Scores of `candidates[i]` (rows in the catalogue) for `clients[i]`. */
  score(
    clients: readonly EnvironmentClient[],
    candidates: readonly (readonly number[])[],
  ): ArrayLike<number>[];
}
