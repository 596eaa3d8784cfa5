import type { Codec } from "./codec.js";

/** What would round to infinity: half a step above the largest half, 65,504. */
const TOO_LARGE = 65_520;
const LEAST_NORMAL = 2 ** -14;
const SUBNORMAL_STEP = 2 ** -24;
const FRACTIONS = 1024;
const INFINITE_EXPONENT = 31;

/**
 * IEEE 754 binary16, little-endian, rounded to the nearest, ties to even. The error is at most 2⁻¹¹ of a number of 2⁻¹⁴
 * and more, and at most 2⁻²⁵ of a smaller one.
 */
export const float16: Codec = {
  bits: 16,
  bytes: (count) => 2 * count,
  encode(values) {
    if (!values.every((value) => Math.abs(value) < TOO_LARGE)) return undefined;
    const bytes = new Uint8Array(2 * values.length);
    const view = new DataView(bytes.buffer);
    for (const [i, value] of values.entries()) view.setUint16(2 * i, toHalf(value), true);
    return bytes;
  },
  decode(bytes, count) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Float32Array.from({ length: count }, (_, i) => fromHalf(view.getUint16(2 * i, true)));
  },
};

function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  // Whoever rounds up to a power of two carries into the exponent, which is the right number again.
  if (size < LEAST_NORMAL) return sign | roundToEven(size / SUBNORMAL_STEP);
  const exponent = exponentOf(size);
  return sign | (((exponent + 14) << 10) + roundToEven((size / 2 ** exponent) * FRACTIONS));
}

function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & (FRACTIONS - 1);
  if (exponent === 0) return sign * fraction * SUBNORMAL_STEP;
  if (exponent === INFINITE_EXPONENT) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / FRACTIONS) * 2 ** (exponent - 15);
}

/** ⌊log₂ size⌋, exactly. */
function exponentOf(size: number): number {
  const guess = Math.floor(Math.log2(size));
  if (2 ** guess > size) return guess - 1;
  return 2 ** (guess + 1) <= size ? guess + 1 : guess;
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
