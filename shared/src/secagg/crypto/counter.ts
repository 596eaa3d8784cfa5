import type { Bytes } from "./bytes.js";

export const BLOCK_BYTES = 16;

/** The AES-CTR counter (128 bits, big-endian) `blocks` blocks after `start`, modulo 2^128. */
export function counterAfter(start: Uint8Array, blocks: number): Bytes {
  const counter = new Uint8Array(start);
  let carry = blocks;
  for (let i = BLOCK_BYTES - 1; i >= 0 && carry > 0; i--) {
    const sum = (counter[i] ?? 0) + (carry % 256);
    counter[i] = sum;
    carry = Math.floor(carry / 256) + (sum > 255 ? 1 : 0);
  }
  return counter;
}

let zeros: Bytes = new Uint8Array(0);

/** Zeros to encrypt, shared by every stream: ciphers read their input and never write to it. */
export function zeroBytes(length: number): Bytes {
  if (zeros.length < length) zeros = new Uint8Array(length);
  return zeros.subarray(0, length);
}
