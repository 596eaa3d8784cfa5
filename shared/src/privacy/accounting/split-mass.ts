/**
 * Shares P's mass p between the grid points i − 1 and i (of loss `value`) so that Q's mass q is kept as well: "connect
 * the dots" (Doroshenko et al. 2022, arXiv 2207.04380), which is never optimistic.
 */
export function splitMass(
  masses: Float64Array,
  i: number,
  value: number,
  step: number,
  p: number,
  q: number,
): void {
  const lower = Math.exp(value - step);
  const share = Math.min(q, Math.max(0, (p - q * lower) / (lower * Math.expm1(step))));
  const upperMass = Math.min(p, share * lower * Math.exp(step));
  masses[i] = (masses[i] ?? 0) + upperMass;
  masses[i - 1] = (masses[i - 1] ?? 0) + p - upperMass;
}
