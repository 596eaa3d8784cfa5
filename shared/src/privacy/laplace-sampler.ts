import { combinedSampler } from "./combined-sampler.js";
import type { IntegerSampler } from "./integer-sampler.js";
import { digitDifferenceWeights, discreteLaplaceWeights } from "./integer-weights.js";
import { rationalOf } from "./rational.js";
import { tableSampler } from "./table-sampler.js";

const LARGEST_TABLE_SCALE = 128;
const LEAST_SCALE = 0.05;
const GREATEST_SCALE = 2 ** 24;
/** A table reaches some 90 scales far: with k = √(90·scale) both tables are about as long. */
const REACH = 90;

/**
 * The discrete Laplace P[x] ∝ exp(−|x| / scale) in bulk, 0.05 ≤ scale ≤ 2^24: by its table, or for a large scale as
 * x₁ + k·x₂ of two small ones, exactly: it is the difference of two geometric variables, and the last digit to base k
 * of a geometric variable is independent of the others, which are geometric again. So x₂ is a discrete Laplace of
 * scale / k, and x₁ the difference of two such digits.
 *
 * @throws RangeError for another scale.
 */
export function laplaceSampler(scale: number): IntegerSampler {
  if (!(scale >= LEAST_SCALE && scale <= GREATEST_SCALE)) {
    throw new RangeError(`${scale} is not a scale between ${LEAST_SCALE} and ${GREATEST_SCALE}`);
  }
  const fraction = rationalOf(scale);
  if (scale <= LARGEST_TABLE_SCALE) return tableSampler(discreteLaplaceWeights(fraction));
  const base = Math.ceil(Math.sqrt(REACH * scale));
  const high = { numerator: fraction.numerator, denominator: fraction.denominator * BigInt(base) };
  return combinedSampler([
    { factor: 1, sampler: tableSampler(digitDifferenceWeights(fraction, base)) },
    { factor: base, sampler: tableSampler(discreteLaplaceWeights(high)) },
  ]);
}
