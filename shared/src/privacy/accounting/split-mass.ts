/**
 * Shares P's mass p between the grid points i − 1 and i (of loss `value`) so that Q's mass q is kept as well: "connect
 * the dots" (Doroshenko et al. 2022, arXiv 2207.04380), which is never optimistic. A q that underflows leaves all at i.
 */
export function splitMass(
  masses: Float64Array,
  i: number,
  value: number,
  step: number,
  p: number,
  q: number,
): void {
  const counterpart = q > 0 ? Math.exp(Math.log(q) + value) : p;
  const upper = Math.min(p, Math.max(0, p - (counterpart - p) / Math.expm1(step)));
  masses[i] = (masses[i] ?? 0) + upper;
  masses[i - 1] = (masses[i - 1] ?? 0) + p - upper;
}
