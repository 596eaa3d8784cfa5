import type { ByteSource } from "../random/byte-source.js";

/** Draws integers in bulk. */
export interface IntegerSampler {
  /** Overwrites `into` with independent draws. */
  fill(into: Int32Array, bytes: ByteSource): void;
  /** How far one draw is from the distribution it stands for, in total variation. */
  readonly totalVariation: number;
}
