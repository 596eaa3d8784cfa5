import type { ByteSource } from "../random/byte-source.js";
import { discreteGaussian } from "./discrete-gaussian.js";
import { discreteGaussianReach, discreteGaussianWeights, MISSING_WEIGHT } from "./integer-weights.js";
import { type IntegerSampler, tableSampler, tableVariation } from "./table-sampler.js";

/** A table for more than this would take megabytes. */
const LARGEST_TABLE_DEVIATION = 4096;

let latest: { readonly deviation: number; readonly sampler: IntegerSampler } | undefined;

/** Overwrites `into` with independent discrete Gaussians of this deviation, on the integers. */
export function noiseShare(deviation: number, bytes: ByteSource, into: Int32Array): void {
  if (deviation > LARGEST_TABLE_DEVIATION) {
    const draw = discreteGaussian(deviation, bytes);
    for (let i = 0; i < into.length; i++) into[i] = draw();
    return;
  }
  samplerFor(deviation).fill(into, bytes);
}

/**
 * What `count` draws of {@link noiseShare} add to delta: (1 + e^ε)·TV. Exact draws add nothing; a table's 128-bit
 * thresholds less than 1e-22 for ten million coordinates and a thousand participations at ε = 10.
 */
export function samplingDelta(deviation: number, count: number, epsilon: number): number {
  if (deviation > LARGEST_TABLE_DEVIATION) return 0;
  const variation = tableVariation(discreteGaussianReach(deviation)) + MISSING_WEIGHT;
  return (1 + Math.exp(epsilon)) * count * variation;
}

/** A device seals for one task at a time, again and again. */
function samplerFor(deviation: number): IntegerSampler {
  if (latest?.deviation !== deviation) {
    latest = { deviation, sampler: tableSampler(discreteGaussianWeights(deviation)) };
  }
  return latest.sampler;
}
