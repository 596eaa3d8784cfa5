import type { TaskSpec } from "../task/task-spec.js";
import { squaredToeplitzSensitivity, toeplitzCoefficients } from "./accounting/toeplitz.js";

/** c_0 of a correlated factor: the grid of the other coefficients, which are rounded to it. */
const COEFFICIENT_UNIT = 256;

/** Beyond so many times the bands, the inverse of the factor has died away. */
const INVERSE_REACH = 16;

/**
 * The coefficients of the banded Toeplitz factor C as integers, so that C times integers is integers and the discrete
 * Gaussian on them is exact. Independent noise is the factor of one band.
 */
export function noiseFactor({ correlation }: Pick<TaskSpec["privacy"], "correlation">): readonly number[] {
  if (!correlation) return [1];
  return Array.from(toeplitzCoefficients(correlation.bands), (c) => Math.round(c * COEFFICIENT_UNIT));
}

/**
 * ‖c‖² / c_0²: one participation's squared sensitivity, in units of that of independent noise. Participations never
 * share a band (`privacy.correlation`), so k of them have k times as much (Choquette-Choo et al. 2023, arXiv
 * 2306.08153, Theorem 2).
 */
export function squaredFactorSensitivity(factor: readonly number[]): number {
  const coefficients = Float64Array.from(factor, (c) => c / (factor[0] ?? 1));
  return squaredToeplitzSensitivity(coefficients, { participations: 1, separation: 0, steps: factor.length });
}

/** Variance of one round's noise in the long run, in units of that of independent noise: ‖C⁻¹‖² of one row. */
export const noiseGain = (factor: readonly number[]): number =>
  inverseCoefficients(factor, INVERSE_REACH * factor.length).reduce((sum, value) => sum + value * value, 0);

/**
 * What the round behind `before` others adds to the variance of the noise of all their sums, in the same units: 1 where noise is
 * independent, and less where each round takes back what others brought.
 */
export const addedNoiseGain = (factor: readonly number[], before: number): number =>
  inverseCoefficients(factor, Math.min(before + 1, INVERSE_REACH * factor.length)).reduce(
    (sum, value) => sum + value,
    0,
  ) ** 2;

/** The first coefficients of C⁻¹, which is Toeplitz as C is. */
function inverseCoefficients(factor: readonly number[], count: number): number[] {
  const [first = 1] = factor;
  const inverse: number[] = [];
  for (let t = 0; t < count; t++) {
    let value = t === 0 ? first : 0;
    for (let i = 1; i < factor.length && i <= t; i++) value -= (factor[i] ?? 0) * (inverse[t - i] ?? 0);
    inverse.push(value / first);
  }
  return inverse;
}
