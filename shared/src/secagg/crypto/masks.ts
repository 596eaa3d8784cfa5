import type { Bytes } from "./bytes.js";
import type { Primitives } from "./primitives.js";

/** A pseudorandom vector, and whether it is added or taken away. */
export interface Mask {
  readonly key: Bytes;
  readonly sign: 1 | -1;
}

/** Streams expanded at the same time: enough to keep the platform's threads busy. */
const LANES = 4;
/** Values expanded at a time; keeps a stream's bytes in the cache between cipher and sum. */
const TILE = 65_536;

/** Bytes of stream for one value: two cover moduli up to 2^16, four up to 2^32. */
const wordBytes = (bits: number) => (bits <= 16 ? 2 : 4);

/**
 * Adds each mask to `sum`, modulo 2^bits, 1 ≤ bits ≤ 32. A mask's value is the low `bits` bits of the next two or
 * four bytes of its stream, little-endian: uniform over the whole modulus because 2^bits divides the word.
 */
export async function addMasks(
  primitives: Pick<Primitives, "keystream">,
  masks: readonly Mask[],
  sum: Uint32Array,
  bits: number,
): Promise<void> {
  const waiting = masks[Symbol.iterator]();
  const lane = async () => {
    for (const mask of waiting) await addMask(primitives, mask, sum, bits);
  };
  await Promise.all(Array.from({ length: Math.min(LANES, masks.length) }, lane));
  wrap(sum, bits);
}

async function addMask(
  primitives: Pick<Primitives, "keystream">,
  mask: Mask,
  sum: Uint32Array,
  bits: number,
): Promise<void> {
  const bytes = wordBytes(bits);
  const stream = await primitives.keystream(mask.key);
  for (let from = 0; from < sum.length; from += TILE) {
    const part = sum.subarray(from, from + TILE);
    const read = await stream.read(bytes * part.length);
    addWords(part, bytes === 2 ? new Uint16Array(read.buffer) : new Uint32Array(read.buffer), mask.sign);
    read.fill(0);
  }
}

/** Typed arrays wrap modulo 2^32, of which every smaller modulus is a divisor. */
function addWords(sum: Uint32Array, words: Uint16Array | Uint32Array, sign: 1 | -1): void {
  if (sign === 1) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (words[i] ?? 0);
  else for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) - (words[i] ?? 0);
}

/** Reduces modulo 2^bits. */
export function wrap(values: Uint32Array, bits: number): void {
  if (bits === 32) return;
  const mask = 2 ** bits - 1;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) & mask;
}
