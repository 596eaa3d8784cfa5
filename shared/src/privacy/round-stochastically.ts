import type { ByteSource } from "../random/byte-source.js";

const TRIES = 64;
const TWO_32 = 2 ** 32;

/**
 * Rounds every coordinate up or down at random so that its mean is kept, and tries again until the integer vector's
 * norm is at most `bound`; undefined after 64 tries. The check is exact: squares of integers below 2^53.
 */
export function roundStochastically(
  vector: Float64Array,
  bound: number,
  bytes: ByteSource,
): Float64Array | undefined {
  const coins = new Uint32Array(vector.length);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    bytes.fill(new Uint8Array(coins.buffer));
    const rounded = vector.map((value, i) => {
      const floor = Math.floor(value);
      return floor + ((coins[i] ?? 0) / TWO_32 < value - floor ? 1 : 0);
    });
    const square = rounded.reduce((sum, value) => sum + value * value, 0);
    if (square <= bound * bound) return rounded;
  }
  return undefined;
}
