/** Numbers as bytes. What is decoded is encoded as the same bytes again: rounding twice is rounding once. */
export interface Codec {
  /** Bits of one number, without what a block of them shares. */
  readonly bits: 8 | 16 | 32;
  /** Bytes of so many numbers. */
  bytes(count: number): number;
  /** Undefined where a number is not finite, or larger than any that can be encoded. */
  encode(values: Float32Array): Uint8Array | undefined;
  /** Of untrusted bytes, as many as `bytes` says: numbers may come out that are not finite. */
  decode(bytes: Uint8Array, count: number): Float32Array;
}
