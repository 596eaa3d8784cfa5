/** Beta(alpha, beta) for the rate of each item. */
export interface BetaPrior {
  readonly alpha: ArrayLike<number>;
  readonly beta: ArrayLike<number>;
}
