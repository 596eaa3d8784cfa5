import type { Encoding } from "../task/delivery-spec.js";
import type { Codec } from "./codec.js";
import { float16 } from "./float16.js";
import { float32 } from "./float32.js";
import { int8 } from "./int8.js";

/** One an encoding that a task may choose. */
export const CODECS: Readonly<Record<Encoding, Codec>> = { float32, float16, int8 };

/**
 * A version's vector as an encoding holds it: the first so many numbers are rounded, what follows (a clip) stays exact.
 * Undefined where a number cannot be encoded.
 */
export function roundedTo(
  encoding: Encoding,
  vector: Float32Array,
  parameters: number,
): Float32Array | undefined {
  const codec = CODECS[encoding];
  const bytes = codec.encode(vector.subarray(0, parameters));
  if (!bytes) return undefined;
  const rounded = vector.slice();
  rounded.set(codec.decode(bytes, parameters));
  return rounded;
}
