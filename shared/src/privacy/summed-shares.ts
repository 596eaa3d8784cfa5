import { gaussianSamplerOf } from "./gaussian-sampler.js";
import { LARGEST_DEVIATION } from "./gaussian-variation.js";
import type { IntegerSampler } from "./integer-sampler.js";
import { sumsDivergence } from "./sums-divergence.js";

/** Draws what the noise shares of a whole cohort add up to. */
export interface SummedShares extends IntegerSampler {
  /** How far one draw is, in total variation, from a sum of so many exact shares; the sampler's own is in it. */
  readonly totalVariation: number;
}

/**
 * The sum of `count` discrete Gaussians of an integer deviation as a single one of variance count·σ². Every probability
 * of the two differs by a factor of at most e^τ (`sumsDivergence`), hence their total variation is at most
 * (e^τ − 1) / 2 for each coordinate. Undefined where no sampler is as wide. For simulations, which hold all
 * shares in one hand: no client or coordinator of the product comes here.
 */
export function summedShares(deviation: number, count: number): SummedShares | undefined {
  if (!(deviation * Math.sqrt(count) <= LARGEST_DEVIATION)) return undefined;
  const sampler = gaussianSamplerOf({ numerator: BigInt(deviation) ** 2n * BigInt(count), denominator: 1n });
  const apart = Math.expm1(sumsDivergence(deviation, count)) / 2;
  return { totalVariation: sampler.totalVariation + apart, fill: (into, bytes) => sampler.fill(into, bytes) };
}
