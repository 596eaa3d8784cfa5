import { estimate } from "./estimate.js";

/** A mean with its two-sided 95 % confidence interval. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Repetitions it is the mean of. */
  readonly values: number;
}

/** t₀.₉₇₅ of 1, 2, … 30 degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7.2). */
const QUANTILES = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL = 1.959964;

/** Cornish–Fisher's first term beyond the table. */
const quantile = (degrees: number): number =>
  QUANTILES[degrees - 1] ?? NORMAL + (NORMAL ** 3 + NORMAL) / (4 * degrees);

/** Of independent repetitions, one value each; without a width where there is one only. */
export function studentInterval(values: readonly number[]): MeanInterval {
  const { mean, standardError } = estimate(values);
  const half = values.length > 1 ? quantile(values.length - 1) * standardError : 0;
  return { mean, low: mean - half, high: mean + half, values: values.length };
}
