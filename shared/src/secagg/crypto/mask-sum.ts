import type { Bytes } from "./bytes.js";

/** Bytes of stream for one value. */
export type WordBytes = 2 | 3 | 4;

/** Values are added in groups of 16: of any width, they are whole blocks of a stream. */
export const GROUP = 16;

/** A vector of 32-bit sums that masks are added to and taken from. */
export interface MaskSum {
  /** The sums modulo 2^32, as many as were asked for, up to the next multiple of {@link GROUP}. */
  readonly values: Uint32Array;
  /**
   * Adds (or takes away) little-endian words. Bits above a word's width may be anything.
   * @param stream Words of the width that was asked for, a multiple of {@link GROUP}, for the sums from `from` on.
   */
  apply(stream: Bytes, from: number, sign: 1 | -1): void;
  /** Overwrites the sums and whatever is left of a stream. */
  erase(): void;
}

/** The next multiple of {@link GROUP}. */
export const roundUp = (count: number) => Math.ceil(count / GROUP) * GROUP;
