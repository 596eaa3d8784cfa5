/** ln(e^a + e^b). */
export function logAdd(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
}

/** ln(e^a − e^b) for a ≥ b; what rounding makes smaller than that counts as nothing. */
export function logSubtract(a: number, b: number): number {
  if (b === Number.NEGATIVE_INFINITY) return a;
  return a <= b ? Number.NEGATIVE_INFINITY : a + Math.log(-Math.expm1(b - a));
}
