import type { Bytes } from "./crypto/bytes.js";
import type { Primitives } from "./crypto/primitives.js";

/** A client's long-term Ed25519 key, which may be one that the platform never gives out. */
export interface Signer {
  readonly publicKey: Bytes;
  sign(message: Bytes): Promise<Bytes>;
}

/** Whose keys are whose: enrolled at the coordinator, pinned at the clients. */
export interface IdentityBook {
  /** @param clientId 32 hex digits. */
  accepts(clientId: string, identityKey: Bytes): boolean | Promise<boolean>;
}

/** Believes whoever comes: only safe against a coordinator that is honest but curious. */
export const anyIdentity: IdentityBook = { accepts: () => true };

/** A signer from a stored 32-byte seed. */
export async function signerFromSeed(
  primitives: Pick<Primitives, "signingKey" | "sign">,
  seed: Bytes,
): Promise<Signer> {
  return {
    publicKey: await primitives.signingKey(seed),
    sign: (message) => primitives.sign(seed, message),
  };
}
