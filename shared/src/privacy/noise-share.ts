import type { ByteSource } from "../random/byte-source.js";
import { gaussianSampler, gaussianVariation } from "./gaussian-sampler.js";
import type { IntegerSampler } from "./integer-sampler.js";

let latest: { readonly deviation: number; readonly sampler: IntegerSampler } | undefined;

/** Overwrites `into` with independent discrete Gaussians of this deviation, on the integers. */
export function noiseShare(deviation: number, bytes: ByteSource, into: Int32Array): void {
  samplerFor(deviation).fill(into, bytes);
}

/**
 * What `count` draws of {@link noiseShare} add to delta: (1 + e^ε)·TV. The 128-bit thresholds of a deviation of 20 add
 * less than 1e-21 for ten million coordinates and a thousand participations at ε = 10.
 */
export function samplingDelta(deviation: number, count: number, epsilon: number): number {
  return (1 + Math.exp(epsilon)) * count * gaussianVariation(deviation);
}

/** A device seals for one task at a time, again and again. */
function samplerFor(deviation: number): IntegerSampler {
  if (latest?.deviation !== deviation) latest = { deviation, sampler: gaussianSampler(deviation) };
  return latest.sampler;
}
