import type { Rational } from "./rational.js";

/** Bits behind the point of every weight. */
export const PRECISION = 192n;
const GUARD = 32n;

/** exp(−numerator / denominator) in fixed point of {@link PRECISION} bits, by Taylor's series and squaring. */
export function fixedExp({ numerator, denominator }: Rational): bigint {
  let halvings = 0n;
  while (numerator > denominator << halvings) halvings++;
  const precision = PRECISION + GUARD + 2n * halvings;
  const x = (numerator << precision) / (denominator << halvings);
  let term = 1n << precision;
  let sum = term;
  for (let k = 1n; term > 0n; k++) {
    term = (term * x) / (k << precision);
    sum += k % 2n === 1n ? -term : term;
  }
  for (let i = 0n; i < halvings; i++) sum = (sum * sum) >> precision;
  return sum >> (precision - PRECISION);
}
