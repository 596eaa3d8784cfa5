/**
 * Makes one update of the vectors that the coordinator sees: the means of groups, or single updates. None is changed; all
 * have one length. A pure function of the set: their order does not matter.
 * @param means at least one.
 * @param weights how many clients are behind each.
 */
export type RobustRule = (means: readonly Float32Array[], weights: readonly number[]) => Float32Array;

/** Keeps 0.29 × 100 from rounding down to 28. */
const SLACK = 1e-9;

/** How many of so many vectors a rule takes for corrupt. */
export const corruptAmong = (count: number, byzantineFraction: number): number =>
  Math.floor(byzantineFraction * count + SLACK);
