import { combinedSampler } from "./combined-sampler.js";
import { splitGaussian, varianceOf } from "./gaussian-variation.js";
import type { IntegerSampler } from "./integer-sampler.js";
import { gaussianWeights } from "./integer-weights.js";
import type { Rational } from "./rational.js";
import { tableSampler } from "./table-sampler.js";

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
