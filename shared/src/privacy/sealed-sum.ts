import { maskOf } from "./wrap.js";

/** The sum of nobody's sealed updates. */
export function emptySum({ dimension }: { readonly dimension: number }): Uint32Array {
  return new Uint32Array(dimension);
}

/** Adds one sealed update to a running sum, in place, modulo 2^bits. */
export function addSealed({ bits }: { readonly bits: number }, sum: Uint32Array, sealed: Uint32Array): void {
  const mask = maskOf(bits);
  for (let i = 0; i < sum.length; i++) sum[i] = ((sum[i] ?? 0) + (sealed[i] ?? 0)) & mask;
}
