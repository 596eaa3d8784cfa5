import type { Bytes } from "./bytes.js";

/**
 * Shamir's scheme over GF(256), byte by byte: a share is one byte for each byte of the secret and, last, the
 * share's point, 1 to 255.
 */
export interface SecretSharing {
  /** `shares` shares of which any `threshold` open the secret; 2 ≤ threshold ≤ shares ≤ 255. */
  split(secret: Bytes, shares: number, threshold: number): Promise<Uint8Array[]>;
  /** What these shares open. Wrong or too few shares give a wrong secret, repeated points an error. */
  combine(shares: Bytes[]): Promise<Uint8Array>;
}

/** One byte longer than the secret. */
export const SHARE_BYTES = 33;
