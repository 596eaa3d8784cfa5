import type { Bytes } from "./bytes.js";
import type { MaskSum, WordBytes } from "./mask-sum.js";
import { portableMaskSum } from "./portable-mask-sum.js";
import type { Primitives } from "./primitives.js";
import { wasmMaskSum } from "./wasm-mask-sum.js";

/** A pseudorandom vector, and whether it is added or taken away. */
export interface Mask {
  readonly key: Bytes;
  readonly sign: 1 | -1;
}

/** Masks added to one part of the sum before the next part: the part stays in the processor's cache. */
const BATCH = 16;
/** Streams read at the same time: enough to keep the platform's threads busy. */
const LANES = 4;
/** Values in a part. */
const TILE = 32_768;

/** Whole bytes of stream for one value. */
export function wordBytes(bits: number): WordBytes {
  if (bits <= 16) return 2;
  return bits <= 24 ? 3 : 4;
}

/**
 * Adds each mask to `sum`, modulo 2^bits, 1 ≤ bits ≤ 32. A mask's value is the low `bits` bits of the next two, three
 * or four bytes of its stream, little-endian: uniform over the whole modulus because 2^bits divides the word.
 */
export async function addMasks(
  primitives: Pick<Primitives, "keystream">,
  masks: readonly Mask[],
  sum: Uint32Array,
  bits: number,
): Promise<void> {
  const words = wordBytes(bits);
  const total =
    wasmMaskSum(sum.length, words, Math.min(TILE, sum.length)) ?? portableMaskSum(sum.length, words);
  total.values.set(sum);
  for (let first = 0; first < masks.length; first += BATCH) {
    await addBatch(primitives, masks.slice(first, first + BATCH), total, words);
  }
  sum.set(total.values.subarray(0, sum.length));
  total.erase();
  wrap(sum, bits);
}

async function addBatch(
  primitives: Pick<Primitives, "keystream">,
  masks: readonly Mask[],
  total: MaskSum,
  bytes: WordBytes,
): Promise<void> {
  const streams = await Promise.all(
    masks.map(async ({ key, sign }) => ({ sign, stream: await primitives.keystream(key) })),
  );
  const { length } = total.values;
  for (let from = 0; from < length; from += TILE) {
    const waiting = streams[Symbol.iterator]();
    const lane = async () => {
      for (const { sign, stream } of waiting) {
        const read = await stream.read(bytes * Math.min(TILE, length - from));
        total.apply(read, from, sign);
        read.fill(0);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }
}

/** Reduces modulo 2^bits. */
function wrap(values: Uint32Array, bits: number): void {
  if (bits === 32) return;
  const mask = 2 ** bits - 1;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) & mask;
}
