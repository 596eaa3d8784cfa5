import { gaussianEpsilon } from "../accounting/exact-gaussian.js";

export interface CanaryEstimate {
  /** Epsilon of the Gaussian mechanism that would tell the canaries apart as well as they were told apart. */
  readonly epsilon: number;
  /** The same from the lower end of the separation's confidence interval. */
  readonly epsilonLowerBound: number;
  /** Deviations between the scores of canaries that were in the training and of those that were not. */
  readonly separation: number;
}

/** One-sided 95 %. */
const CONFIDENCE = 1.6449;

/**
 * One-shot estimation from canary clients with random directions: their scores, inner products with what was released,
 * are nearly normal, so that two means and a deviation tell the whole curve (Andrew et al. 2023, arXiv 2302.03098, §3).
 */
export function canaryEstimate(
  included: readonly number[],
  excluded: readonly number[],
  delta: number,
): CanaryEstimate {
  const [present, absent] = [moments(included), moments(excluded)];
  const separation = Math.max(0, (present.mean - absent.mean) / Math.sqrt(absent.variance));
  const error = Math.sqrt(
    1 / included.length + 1 / excluded.length + separation ** 2 / (2 * excluded.length),
  );
  const epsilonAt = (distance: number) => (distance <= 0 ? 0 : gaussianEpsilon(1 / distance, 1, delta));
  return {
    epsilon: epsilonAt(separation),
    epsilonLowerBound: epsilonAt(separation - CONFIDENCE * error),
    separation,
  };
}

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
