import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import type { Bytes } from "./bytes.js";
import type { Primitives } from "./primitives.js";

const ZERO_NONCE = new Uint8Array(24);

/** XSalsa20-Poly1305 (NaCl's secretbox) under keys that are used once; no platform has it of its own. */
export const zeroNonceBox: Pick<Primitives, "seal" | "open"> = {
  seal: async (key, plaintext) => new Uint8Array(xsalsa20poly1305(key, ZERO_NONCE).encrypt(plaintext)),
  async open(key, ciphertext): Promise<Bytes | undefined> {
    try {
      return new Uint8Array(xsalsa20poly1305(key, ZERO_NONCE).decrypt(ciphertext));
    } catch {
      return undefined;
    }
  },
};
