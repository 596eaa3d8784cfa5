import type { ByteSource } from "../random/byte-source.js";
import { discreteGaussian } from "./discrete-gaussian.js";
import { discreteGaussianWeights } from "./integer-weights.js";
import { type IntegerSampler, tableSampler } from "./table-sampler.js";

/** A table for more than this would take megabytes. */
const LARGEST_TABLE_DEVIATION = 4096;

let latest: { readonly deviation: number; readonly sampler: IntegerSampler } | undefined;

/** One client's share of discrete Gaussian noise, `deviation` on the integers: `count` independent draws. */
export function noiseShare(deviation: number, count: number, bytes: ByteSource): Int32Array {
  const noise = new Int32Array(count);
  if (deviation > LARGEST_TABLE_DEVIATION) {
    const draw = discreteGaussian(deviation, bytes);
    return noise.map(draw);
  }
  // A device seals for one task at a time, again and again.
  if (latest?.deviation !== deviation) {
    latest = { deviation, sampler: tableSampler(discreteGaussianWeights(deviation)) };
  }
  latest.sampler.fill(noise, bytes);
  return noise;
}
