/** A log as off-policy evaluation reads it: one number a round in each array. */
export interface LoggedRounds {
  /** r: what followed. */
  readonly rewards: Float64Array;
  /** p(a|x): the probability that the logged action was shown with, at its position; in (0, 1]. */
  readonly propensities: Float64Array;
  /** π(a|x): the probability that the evaluated policy shows that action there; in [0, 1]. */
  readonly probabilities: Float64Array;
}

/** Rounds for which a reward model has an opinion. It must not have been fitted to the round that it is asked about. */
export interface ModelledRounds extends LoggedRounds {
  /** q̂(x, a) of the logged action. */
  readonly estimates: Float64Array;
  /** q̂(x, π) = Σ_a π(a|x) q̂(x, a). */
  readonly expectations: Float64Array;
}
