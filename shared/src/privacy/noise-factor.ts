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
export function noiseGain(factor: readonly number[]): number {
  const inverse: number[] = [];
  for (let t = 0; t < INVERSE_REACH * factor.length; t++) {
    let value = t === 0 ? (factor[0] ?? 1) : 0;
    for (let i = 1; i < factor.length && i <= t; i++) value -= (factor[i] ?? 0) * (inverse[t - i] ?? 0);
    inverse.push(value / (factor[0] ?? 1));
  }
  return inverse.reduce((sum, value) => sum + value * value, 0);
}
