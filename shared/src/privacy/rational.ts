/** numerator / denominator, the denominator positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A finite double as the fraction it exactly is. */
export function rationalOf(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number`);
  let numerator = value;
  let halvings = 0n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    halvings++;
  }
  return { numerator: BigInt(numerator), denominator: 1n << halvings };
}

export const squareOf = ({ numerator, denominator }: Rational): Rational => ({
  numerator: numerator * numerator,
  denominator: denominator * denominator,
});
