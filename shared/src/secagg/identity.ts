import { bytesToHex } from "@noble/hashes/utils.js";
import type { Bytes } from "./crypto/bytes.js";
import { labelledHash } from "./crypto/labelled-hash.js";
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

const CLIENT_ID_BYTES = 16;

/** A client's pseudonym: 32 hex digits of its identity key's hash, so that nobody else can use it. */
export const clientIdOf = (identityKey: Bytes): string =>
  bytesToHex(labelledHash("client id", identityKey).subarray(0, CLIENT_ID_BYTES));

/** Ids that are hashes of their keys need no book to say whose key is whose. */
export const selfCertified: IdentityBook = {
  accepts: (clientId, identityKey) => clientId === clientIdOf(new Uint8Array(identityKey)),
};
