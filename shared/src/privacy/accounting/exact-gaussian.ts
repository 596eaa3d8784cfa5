import { logNormalCdf } from "./log-erfc.js";

/**
 * The exact δ(ε) of `compositions` Gaussian mechanisms without sampling, which together are one with noise multiplier
 * z / √T (Balle, Wang 2018, arXiv 1805.06530, Theorem 8).
 */
export function gaussianDelta(noiseMultiplier: number, compositions: number, epsilon: number): number {
  const z = noiseMultiplier / Math.sqrt(compositions);
  const first = Math.exp(logNormalCdf(1 / (2 * z) - epsilon * z));
  const second = Math.exp(epsilon + logNormalCdf(-1 / (2 * z) - epsilon * z));
  return Math.max(0, first - second);
}

/** The inverse of {@link gaussianDelta} by bisection, never below the true epsilon. */
export function gaussianEpsilon(noiseMultiplier: number, compositions: number, delta: number): number {
  const tooMuch = (epsilon: number) => gaussianDelta(noiseMultiplier, compositions, epsilon) <= delta;
  if (tooMuch(0)) return 0;
  let high = 1;
  while (!tooMuch(high)) high *= 2;
  let low = 0;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (tooMuch(middle)) high = middle;
    else low = middle;
  }
  return high;
}
