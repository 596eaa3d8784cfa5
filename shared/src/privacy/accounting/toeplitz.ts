import type { ParticipationPattern } from "./tree-sensitivity.js";

/**
 * The first `bands` coefficients of the square root of the prefix-sum matrix, c_0 = 1, c_i = c_(i−1)(2i − 1)/(2i): the
 * optimal lower-triangular Toeplitz factor, cut to a band (Fichtenberger, Henzinger, Upadhyay 2022, arXiv 2202.11205;
 * bands: Choquette-Choo et al. 2023, arXiv 2306.08153).
 */
export function toeplitzCoefficients(bands: number): Float64Array {
  const coefficients = new Float64Array(bands);
  for (let i = 0, value = 1; i < bands; i++, value *= (2 * i - 1) / (2 * i)) coefficients[i] = value;
  return coefficients;
}

/**
 * The squared sensitivity ‖Σ_j column_(j·b)‖² of a lower-triangular Toeplitz factor whose coefficients are non-negative
 * and do not rise, where participations are b = separation + 1 steps apart: then the earliest are the worst.
 */
export function squaredToeplitzSensitivity(
  coefficients: Float64Array,
  { participations, separation, steps }: ParticipationPattern,
): number {
  const apart = separation + 1;
  const sums = new Float64Array(steps);
  let squares = 0;
  for (let row = 0; row < steps; row++) {
    // A row sees the participations that the row one separation before it saw, one step newer, and the first of all.
    const leaving = coefficients[row - participations * apart] ?? 0;
    const sum = (sums[row - apart] ?? 0) + (coefficients[row] ?? 0) - leaving;
    sums[row] = sum;
    squares += sum * sum;
  }
  return squares;
}
