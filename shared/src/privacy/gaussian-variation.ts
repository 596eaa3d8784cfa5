import { gaussianReach, MISSING_WEIGHT } from "./integer-weights.js";
import { type Rational, rationalOf, squareOf } from "./rational.js";
import { tableVariation } from "./table-variation.js";

/** Two tables in the cache are as fast as one for more than this, and take less to build. */
const LARGEST_TABLE_DEVIATION = 1024;
const LEAST_DEVIATION = 0.1;
export const LARGEST_DEVIATION = 2 ** 24;
/** A root of the square of the least deviation may come out a little below it. */
const ROUNDED = 1 + 2 ** -50;
/** The s below: what is then left of the lattice is 5·exp(−2π²s²) < 2^−141. */
const SMOOTHING = 2.25;

/** The total variation of a `gaussianSampler`, without its tables. */
export function gaussianVariation(sigma: number): number {
  const variance = varianceOf(sigma);
  const split = splitGaussian(variance);
  const ofTable = (part: Rational) => tableVariation(gaussianReach(part)) + MISSING_WEIGHT;
  if (!split) return ofTable(variance);
  return ofTable(split.low) + ofTable(split.high) + split.variation;
}

interface GaussianSplit {
  /** The variances σ₁² and σ₂², exact. */
  readonly low: Rational;
  readonly high: Rational;
  /** k */
  readonly factor: number;
  readonly variation: number;
}

/** σ₁ and σ₂ about equal, so that both tables are as small as can be; undefined where one table does. */
export function splitGaussian(variance: Rational): GaussianSplit | undefined {
  const { numerator, denominator } = variance;
  const sigma = Math.sqrt(Number(numerator) / Number(denominator));
  if (!(sigma * ROUNDED >= LEAST_DEVIATION && sigma <= LARGEST_DEVIATION)) {
    throw new RangeError(`${sigma} is not a deviation between ${LEAST_DEVIATION} and ${LARGEST_DEVIATION}`);
  }
  if (sigma <= LARGEST_TABLE_DEVIATION) return undefined;
  const lowDeviation = Math.ceil(Math.sqrt(SMOOTHING * sigma));
  const factor = Math.floor(Math.sqrt(sigma ** 2 - lowDeviation ** 2) / lowDeviation);
  const low = BigInt(lowDeviation) ** 2n;
  return {
    low: { numerator: low, denominator: 1n },
    high: { numerator: numerator - low * denominator, denominator: denominator * BigInt(factor) ** 2n },
    factor,
    variation: 5 * Math.exp(-2 * (Math.PI * SMOOTHING) ** 2),
  };
}

/** σ², exact. */
export function varianceOf(sigma: number): Rational {
  if (!(sigma > 0)) throw new RangeError(`${sigma} is not a deviation`);
  return squareOf(rationalOf(sigma));
}
