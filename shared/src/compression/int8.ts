import type { Codec } from "./codec.js";

/** Numbers that share a scale. */
const BLOCK = 32;
const LARGEST_CODE = 127;
const EXPONENT_BIAS = 127;

/**
 * Blocks of 32 numbers, each a whole number from −127 to 127 times the block's scale, a power of two: MXINT8 (OCP
 * Microscaling Formats 1.0, §5.3.4; Rouhani et al. 2023, arXiv 2310.10537). The scale is the least that holds the block's
 * largest number, so that the error of each is at most 1/127 of that one (2⁻¹²⁸ where that is more). Powers of two make
 * decoding exact, and rounding twice the same as rounding once. All scales' exponents, plus 127, then all numbers.
 */
export const int8: Codec = {
  bits: 8,
  bytes: (count) => Math.ceil(count / BLOCK) + count,
  encode(values) {
    if (!values.every(Number.isFinite)) return undefined;
    const blocks = Math.ceil(values.length / BLOCK);
    const bytes = new Uint8Array(blocks + values.length);
    for (let block = 0; block < blocks; block++) {
      const first = block * BLOCK;
      const exponent = exponentFor(values.subarray(first, first + BLOCK));
      bytes[block] = exponent + EXPONENT_BIAS;
      for (let i = first; i < Math.min(values.length, first + BLOCK); i++) {
        bytes[blocks + i] = Math.round((values[i] ?? 0) / 2 ** exponent);
      }
    }
    return bytes;
  },
  decode(bytes, count) {
    const blocks = Math.ceil(count / BLOCK);
    return Float32Array.from({ length: count }, (_, i) => {
      const scale = 2 ** ((bytes[Math.floor(i / BLOCK)] ?? 0) - EXPONENT_BIAS);
      return (((bytes[blocks + i] ?? 0) << 24) >> 24) * scale;
    });
  },
};

/** The least whose scale holds them all. */
function exponentFor(values: Float32Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / LARGEST_CODE;
  const guess = Math.max(-EXPONENT_BIAS, Math.ceil(Math.log2(largest)) - 1);
  return 2 ** guess >= largest ? guess : guess + 1;
}
