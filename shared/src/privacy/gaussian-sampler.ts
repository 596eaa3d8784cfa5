import { combinedSampler } from "./combined-sampler.js";
import type { IntegerSampler } from "./integer-sampler.js";
import { gaussianReach, gaussianWeights, MISSING_WEIGHT } from "./integer-weights.js";
import { type Rational, rationalOf, squareOf } from "./rational.js";
import { tableSampler, tableVariation } from "./table-sampler.js";

/** Two tables in the cache are as fast as one for more than this, and take less to build. */
const LARGEST_TABLE_DEVIATION = 1024;
const LEAST_DEVIATION = 0.1;
export const LARGEST_DEVIATION = 2 ** 24;
/** A root of the square of the least deviation may come out a little below it. */
const ROUNDED = 1 + 2 ** -50;
/** The s below: what is then left of the lattice is 5·exp(−2π²s²) < 2^−141. */
const SMOOTHING = 2.25;

/**
 * The discrete Gaussian P[x] ∝ exp(−x² / 2σ²) in bulk, 0.1 ≤ σ ≤ 2^24: by its table, or for a large σ as x₁ + k·x₂ of
 * two small tables with σ² = σ₁² + k²σ₂² (Pöppelmann, Ducas, Güneysu 2014, IACR 2014/254; Micciancio, Walter 2017,
 * IACR 2017/259). For such a sum P[x] is exp(−x² / 2σ²) times the sum over all y of exp(−(y − c)² / 2s²), s = σ₁σ₂/σ and
 * c some multiple of x, which by Poisson's formula is the same for every c but for a share of
 * e = 2·Σ_j exp(−2π²s²j²): a total variation of at most e / (1 − e).
 *
 * @throws RangeError for another σ.
 */
export const gaussianSampler = (sigma: number): IntegerSampler => gaussianSamplerOf(varianceOf(sigma));

/** {@link gaussianSampler} of a variance that need not be a square. */
export function gaussianSamplerOf(variance: Rational): IntegerSampler {
  const split = splitGaussian(variance);
  if (!split) return tableSampler(gaussianWeights(variance));
  const { low, factor, high, variation } = split;
  const summands = [
    { factor: 1, sampler: tableSampler(gaussianWeights(low)) },
    { factor, sampler: tableSampler(gaussianWeights(high)) },
  ];
  return combinedSampler(summands, variation);
}

/** The total variation of {@link gaussianSampler}, without its tables. */
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

function varianceOf(sigma: number): Rational {
  if (!(sigma > 0)) throw new RangeError(`${sigma} is not a deviation`);
  return squareOf(rationalOf(sigma));
}
