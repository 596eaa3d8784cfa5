import type { Codec } from "./codec.js";

/** IEEE 754 binary32, little-endian: exact. */
export const float32: Codec = {
  bits: 32,
  bytes: (count) => 4 * count,
  encode: (values) => (values.every(Number.isFinite) ? float32Bytes(values) : undefined),
  decode: float32Values,
};

/** Whatever the numbers are. */
export function float32Bytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return bytes;
}

/** The inverse of {@link float32Bytes}. */
export function float32Values(bytes: Uint8Array, count: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
}
