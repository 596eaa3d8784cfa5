import { centre, type SealingPlan } from "@tacit/shared";

/** Chance that a sum of honest updates is taken for too long. */
const FALSE_ALARM = 1e-6;

/** What the coordinator opened, or may open: a sum of sealed updates modulo 2^bits and how many are in it. */
export interface VisibleSum {
  readonly sum: Uint32Array;
  readonly contributors: number;
}

type BoundedPlan = Pick<SealingPlan, "dimension" | "bits" | "integerNorm" | "shareDeviation">;

/**
 * The greatest length, on the integers, of a sum of so many clipped updates with their noise; exceeded by chance once in a
 * million. With σ the noise's deviation and t = ln(2 / chance): ‖c + w‖² = ‖c‖² + 2⟨c, w⟩ + ‖w‖², where ⟨c, w⟩ ≤ ‖c‖σ√(2t)
 * and ‖w‖² ≤ σ²(d + 2√(dt) + 2t), each but for half of the chance: both hold for any sub-Gaussian noise, so for discrete
 * Gaussians (Hsu, Kakade, Zhang 2012, arXiv 1110.2842, Theorem 2.1). Without noise the bound is exact.
 */
export function normBound(
  { dimension, integerNorm, shareDeviation }: BoundedPlan,
  contributors: number,
): number {
  const deviation = shareDeviation * Math.sqrt(contributors);
  const honest = contributors * integerNorm;
  const tail = Math.log(2 / FALSE_ALARM);
  const noise = deviation ** 2 * (dimension + 2 * Math.sqrt(dimension * tail) + 2 * tail);
  return Math.sqrt(honest ** 2 + 2 * honest * deviation * Math.sqrt(2 * tail) + noise);
}

/**
 * Whether the mean of these updates is no longer than the clip and its noise explain. It says nothing of a single update
 * in a sum of several: one alone may be as long as all of them.
 */
export function isWithinBound(plan: BoundedPlan, { sum, contributors }: VisibleSum): boolean {
  const integers = new Float32Array(sum.length);
  centre(sum, plan.bits, 1, integers);
  let square = 0;
  for (const value of integers) square += value * value;
  return Math.sqrt(square) <= normBound(plan, contributors);
}
