import type { IntegerSampler } from "./integer-sampler.js";

/** One summand: `factor` times a draw. */
interface Summand {
  readonly factor: number;
  readonly sampler: IntegerSampler;
}

const CHUNK = 16_384;

/**
 * Sums of independent draws, without rejection. `variation` is how far such a sum is from the distribution that it
 * stands for if its summands are exact. Results must be below 2^31.
 */
export function combinedSampler(summands: readonly Summand[], variation = 0): IntegerSampler {
  const drawn = new Int32Array(CHUNK);
  return {
    totalVariation: summands.reduce((sum, { sampler }) => sum + sampler.totalVariation, variation),
    fill(into, bytes) {
      into.fill(0);
      for (let start = 0; start < into.length; start += CHUNK) {
        const chunk = into.subarray(start, start + CHUNK);
        const draws = drawn.subarray(0, chunk.length);
        for (const { factor, sampler } of summands) {
          sampler.fill(draws, bytes);
          for (let i = 0; i < chunk.length; i++) chunk[i] = (chunk[i] ?? 0) + factor * (draws[i] ?? 0);
        }
      }
      drawn.fill(0);
    },
  };
}
