import { fixedExp, PRECISION } from "./fixed-point.js";
import { type Rational, rationalOf, squareOf } from "./rational.js";

/**
 * Weights of x = 0, 1, …, of a distribution over the integers that is symmetric and falls from 0 on; not normalised.
 * `missing` bounds the share of the whole weight that lies beyond the last.
 */
export interface IntegerWeights {
  readonly weights: readonly bigint[];
  readonly missing: number;
}

/** The share of weight that a table may leave out, 2^−TAIL_BITS. */
const TAIL_BITS = 128;
export const MISSING_WEIGHT = 2 ** -TAIL_BITS;
/** Two-sided tails of 2·exp(−bound) are below {@link MISSING_WEIGHT}. */
const TAIL_BOUND = (TAIL_BITS + 2) * Math.LN2;
/** What the start of Miller's recurrence is wrong by is less than exp(−bound). */
const START_BOUND = 192 * Math.LN2;

/** exp(−x² / 2σ²), 0.1 ≤ σ ≤ 2^20, to within 2^−140 of the largest. */
export const discreteGaussianWeights = (sigma: number): IntegerWeights =>
  gaussianWeights(squareOf(rationalOf(sigma)));

/** exp(−x² / 2·variance), to within 2^−140 of the largest: each step's rounding of 2^−192 counts for all that follow. */
export function gaussianWeights(variance: Rational): IntegerWeights {
  const { numerator, denominator } = variance;
  let ratio = fixedExp({ numerator: denominator, denominator: 2n * numerator });
  const step = fixedExp({ numerator: denominator, denominator: numerator });
  const last = gaussianReach(variance);
  const weights = [1n << PRECISION];
  for (let x = 1, weight = 1n << PRECISION; x <= last; x++) {
    weight = (weight * ratio) >> PRECISION;
    ratio = (ratio * step) >> PRECISION;
    weights.push(weight);
  }
  return { weights, missing: MISSING_WEIGHT };
}

/** Beyond it lies less than {@link MISSING_WEIGHT}: P[|x| ≥ t] ≤ 2·exp(−t² / 2σ²). */
export const gaussianReach = (variance: Rational): number =>
  Math.ceil(Math.sqrt(2 * TAIL_BOUND * numberOf(variance))) + 1;

/** exp(−x / scale), scale ≥ 0.05, to within 2^−140 of the largest. */
export function discreteLaplaceWeights(scale: number | Rational): IntegerWeights {
  const fraction = exactly(scale);
  const last = Math.ceil(numberOf(fraction) * TAIL_BOUND) + 1;
  return { weights: geometricPowers(fraction, last), missing: MISSING_WEIGHT };
}

/**
 * The difference of two digits, each of 0 … base − 1 with weights exp(−digit / scale):
 * exp(−x / scale) − exp(−(2·base − x) / scale), to within 2^−140 of the largest.
 */
export function digitDifferenceWeights(scale: Rational, base: number): IntegerWeights {
  const powers = geometricPowers(scale, 2 * base);
  const weights = Array.from({ length: base }, (_, x) => (powers[x] ?? 0n) - (powers[2 * base - x] ?? 0n));
  return { weights, missing: 0 };
}

function geometricPowers({ numerator, denominator }: Rational, last: number): bigint[] {
  const ratio = fixedExp({ numerator: denominator, denominator: numerator });
  const powers = [1n << PRECISION];
  for (let x = 1, power = 1n << PRECISION; x <= last; x++) {
    power = (power * ratio) >> PRECISION;
    powers.push(power);
  }
  return powers;
}

/**
 * The symmetric Skellam, variance ≥ 0.01: the difference of two Poisson variables of mean variance / 2. Its weights are
 * the modified Bessel functions I_x(variance), to within 2^−140 of the largest, by Miller's downward recurrence
 * I_(x−1) = I_(x+1) + (2x / variance)·I_x, which is stable.
 */
export function skellamWeights(variance: number | Rational): IntegerWeights {
  const fraction = exactly(variance);
  const { numerator, denominator } = fraction;
  const last = skellamReach(numberOf(fraction), TAIL_BOUND);
  const start = skellamReach(numberOf(fraction), START_BOUND);
  const weights: bigint[] = [];
  let [after, at] = [0n, 1n << PRECISION];
  for (let x = start; x >= 0; x--) {
    if (x <= last) weights.push(at);
    const before = after + (2n * BigInt(x) * denominator * at) / numerator;
    after = at;
    at = before;
  }
  weights.reverse();
  return { weights, missing: MISSING_WEIGHT };
}

/** The t at which Bernstein's bound P[x ≥ t] ≤ exp(−t² / 2(variance + t/3)) is exp(−bound). */
const skellamReach = (variance: number, bound: number): number =>
  Math.ceil(bound / 3 + Math.sqrt((bound / 3) ** 2 + 2 * bound * variance)) + 1;

const exactly = (value: number | Rational): Rational =>
  typeof value === "number" ? rationalOf(value) : value;

const numberOf = ({ numerator, denominator }: Rational): number => Number(numerator) / Number(denominator);
