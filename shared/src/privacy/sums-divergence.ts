/**
 * τ: how far a sum of `count` discrete Gaussians of deviation σ is from a single one, for each coordinate (Kairouz, Liu,
 * Steinke 2021, arXiv 2102.06387, Theorem 1).
 */
export function sumsDivergence(deviation: number, count: number): number {
  let sum = 0;
  for (let k = 1; k < count; k++) sum += Math.exp((-2 * Math.PI ** 2 * deviation ** 2 * k) / (k + 1));
  return 10 * sum;
}
