import type { ByteSource } from "../random/byte-source.js";
import { gaussianSampler } from "./gaussian-sampler.js";
import type { IntegerSampler } from "./integer-sampler.js";

let latest: { readonly deviation: number; readonly sampler: IntegerSampler } | undefined;

/** Overwrites `into` with independent discrete Gaussians of this deviation, on the integers. */
export function noiseShare(deviation: number, bytes: ByteSource, into: Int32Array): void {
  samplerFor(deviation).fill(into, bytes);
}

/** A device seals for one task at a time, again and again. */
function samplerFor(deviation: number): IntegerSampler {
  if (latest?.deviation !== deviation) latest = { deviation, sampler: gaussianSampler(deviation) };
  return latest.sampler;
}
