/** A policy to be evaluated on a log. */
export interface EvaluatedPolicy {
  /** π(·|x) over all items at the place of this round of the log; shared, not to be written to. */
  probabilities(round: number): Float64Array;
  /** How it came about, in words. */
  readonly description: string;
}

/** One distribution a place, whoever is looking. */
export const fixedPolicy = (
  positions: Int32Array,
  distributions: readonly Float64Array[],
  description: string,
): EvaluatedPolicy => ({
  description,
  probabilities(round) {
    const distribution = distributions[positions[round] ?? -1];
    if (!distribution) throw new RangeError(`round ${round}: the policy has no distribution for its place`);
    return distribution;
  },
});

/**
 * A policy for each part of the log: of a fold what was learned from the others, of a moment what is shown then.
 * @param parts Of each round, the place of its policy.
 */
export const partedPolicy = (
  parts: Int32Array,
  policies: readonly EvaluatedPolicy[],
  description: string,
): EvaluatedPolicy => ({
  description,
  probabilities(round) {
    const policy = policies[parts[round] ?? -1];
    if (!policy) throw new RangeError(`round ${round} is in no part`);
    return policy.probabilities(round);
  },
});
