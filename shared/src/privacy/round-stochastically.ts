import type { ByteSource } from "../random/byte-source.js";

/** Random bytes that one rounding of one coordinate takes. */
export const COIN_BYTES = 4;
const TRIES = 64;
const TWO_32 = 2 ** 32;
const POOL_WORDS = 16_384;

/**
 * Rounds every coordinate up or down at random so that its mean is kept, and tries again until the integer vector's
 * norm is at most `bound`; false after 64 tries. The check is exact: squares of integers, whose sum is below 2^53.
 */
export function roundStochastically(
  vector: Float32Array,
  bound: number,
  bytes: ByteSource,
  into: Int32Array,
): boolean {
  const pool = new Uint32Array(Math.min(POOL_WORDS, vector.length));
  const poolBytes = new Uint8Array(pool.buffer);
  let short = false;
  for (let attempt = 0; attempt < TRIES && !short; attempt++) {
    let square = 0;
    for (let start = 0; start < vector.length; start += POOL_WORDS) {
      const count = Math.min(POOL_WORDS, vector.length - start);
      bytes.fill(poolBytes.subarray(0, COIN_BYTES * count));
      for (let i = 0; i < count; i++) {
        const value = vector[start + i] ?? 0;
        const floor = Math.floor(value);
        const rounded = (pool[i] ?? 0) < (value - floor) * TWO_32 ? floor + 1 : floor;
        into[start + i] = rounded;
        square += rounded * rounded;
      }
    }
    short = square <= bound * bound;
  }
  pool.fill(0);
  return short;
}
