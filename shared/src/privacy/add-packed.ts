import { maskOf } from "./wrap.js";

const WORD_BYTES = 4;
const WORD_BITS = 32;

/**
 * Adds packed integers ({@link packIntegers}), as many as the sum has, to a running sum: in place, modulo 2^bits, and
 * without a vector in between. Slack after the last integer may be anything.
 */
export function addPacked({ bits }: { readonly bits: number }, sum: Uint32Array, packed: Uint8Array): void {
  const words = wordsOf(packed);
  if (bits === WORD_BITS) {
    addWords(sum, words);
    return;
  }
  const mask = maskOf(bits);
  let [at, shift] = [0, 0];
  for (let i = 0; i < sum.length; i++) {
    const end = shift + bits;
    let value = (words[at] ?? 0) >>> shift;
    // Then the shift is above 0: an integer of 32 bits that begins with a word ends with it.
    if (end > WORD_BITS) value |= (words[at + 1] ?? 0) << (WORD_BITS - shift);
    sum[i] = ((sum[i] ?? 0) + value) & mask;
    shift = end & 31;
    at += end >>> 5;
  }
}

/** Whole words need no shifts, and as signed integers they are added twice as fast: the low 32 bits are the same. */
function addWords(sum: Uint32Array, words: Uint32Array): void {
  const signed = new Int32Array(sum.buffer, sum.byteOffset, sum.length);
  const others = new Int32Array(words.buffer, words.byteOffset, words.length);
  for (let i = 0; i < signed.length; i++) signed[i] = ((signed[i] ?? 0) + (others[i] ?? 0)) | 0;
}

let aligned = new Uint32Array(0);

/** Little-endian words: of the bytes themselves where they lie on a word's boundary, else of a copy that is used again. */
function wordsOf(packed: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = packed;
  const count = Math.ceil(byteLength / WORD_BYTES);
  if (byteOffset % WORD_BYTES === 0 && byteOffset + WORD_BYTES * count <= buffer.byteLength) {
    return new Uint32Array(buffer, byteOffset, count);
  }
  if (aligned.length < count) aligned = new Uint32Array(count);
  new Uint8Array(aligned.buffer).set(packed);
  return aligned;
}
