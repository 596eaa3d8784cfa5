import type { SealingPlan } from "./plan-sealing.js";
import { centre } from "./wrap.js";

export function emptySum({ dimension }: SealingPlan): Uint32Array {
  return new Uint32Array(dimension);
}

/** Adds one sealed update to a running sum, in place, modulo 2^bits. */
export function addSealed({ bits }: SealingPlan, sum: Uint32Array, sealed: Uint32Array): void {
  const mask = bits === 32 ? 0xffffffff : 2 ** bits - 1;
  for (let i = 0; i < sum.length; i++) sum[i] = ((sum[i] ?? 0) + (sealed[i] ?? 0)) & mask;
}

/** The coordinator half: centre → unscale → divide by the number of contributors. */
export function openSum({ bits, scale }: SealingPlan, sum: Uint32Array, contributors: number): Float32Array {
  return Float32Array.from(centre(sum, bits), (value) => value / (scale * contributors));
}
