import type { Bytes } from "./bytes.js";
import { KEY_BYTES, type Primitives } from "./primitives.js";

/** What a platform may have of its own: each algorithm is taken where it works. */
export interface NativeAlgorithms {
  readonly name: string;
  readonly agreement: Pick<Primitives, "agreementKey" | "agree">;
  readonly signatures: Pick<Primitives, "signingKey" | "sign" | "verify">;
  readonly cipher: Pick<Primitives, "keystream">;
}

type Curve = "X25519" | "Ed25519";

/** PKCS #8 around a raw 32-byte key (RFC 8410): what comes before the key itself. */
const PKCS8 = {
  X25519: Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20),
  Ed25519: Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20),
};

/** A raw secret key as platforms import it. The caller erases it. */
export function pkcs8(curve: Curve, secret: Bytes): Bytes {
  const wrapped = new Uint8Array(PKCS8[curve].length + KEY_BYTES);
  wrapped.set(PKCS8[curve]);
  wrapped.set(secret, PKCS8[curve].length);
  return wrapped;
}

/** The base point of X25519: a secret key's agreement with it is its public key. */
export const BASE_POINT: Bytes = Uint8Array.from({ length: KEY_BYTES }, (_, index) => (index === 0 ? 9 : 0));
