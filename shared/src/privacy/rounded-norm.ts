/** The probability with which one rounding stays inside the bound is at least 1 − β. */
const LOG_INVERSE_BETA = 0.5;

/**
 * Δ2: the L2 norm that a vector of length `clip` (already scaled) and `dimension` coordinates keeps after stochastic
 * rounding, conditional on the check in `roundStochastically`. (Kairouz, Liu, Steinke 2021, arXiv 2102.06387, Prop. 22)
 */
export function roundedNorm(
  scaledClip: number,
  dimension: number,
  logInverseBeta = LOG_INVERSE_BETA,
): number {
  const root = Math.sqrt(dimension);
  const worst = (scaledClip + root) ** 2;
  const likely = scaledClip ** 2 + dimension / 4 + Math.sqrt(2 * logInverseBeta) * (scaledClip + root / 2);
  return Math.sqrt(Math.min(worst, likely));
}
