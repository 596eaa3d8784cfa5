/**
 * How a place of a slate is filled: by the scores that the candidates have at this place, the probability of each. Scores of
 * −∞ are out and get 0; all others sum to 1. At least one score is finite.
 */
export type PlacePolicy = (scores: Float64Array) => Float64Array;

/** What a kind of exploration is given once a slate. */
export interface Prospects {
  /** One a candidate, before any rule: unnormalised ln π(a|s). */
  readonly scores: ArrayLike<number>;
  /** For kinds that look at what the last layer is sure of. */
  readonly embeddings?: ActionEmbeddings;
}

export interface ActionEmbeddings {
  /** E */
  readonly width: number;
  /** Candidates × E. */
  readonly candidates: ArrayLike<number>;
  /** E numbers for each action of this device's own history. */
  readonly past: ArrayLike<number>;
}
