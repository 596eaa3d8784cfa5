import type { Random } from "@tacit/shared";

/** A draw from Beta(alpha, beta), by two gamma variates. */
export function betaDraw(alpha: number, beta: number, random: Random): number {
  const first = gammaDraw(alpha, random);
  return first / (first + gammaDraw(beta, random));
}

/** Gamma(shape, 1) by squeeze and rejection (Marsaglia & Tsang 2000); shapes below 1 by a power of a uniform. */
function gammaDraw(shape: number, random: Random): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.uniform()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}
