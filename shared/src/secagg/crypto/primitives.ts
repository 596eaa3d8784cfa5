import type { ByteSource } from "../../random/byte-source.js";
import type { SecaggRefusal } from "../refusal.js";
import type { Bytes } from "./bytes.js";
import type { SecretSharing } from "./secret-sharing.js";

/** Keys of X25519, Ed25519, AES-256, XSalsa20-Poly1305; seeds, nonces and hashes. */
export const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
/** What sealing adds: the Poly1305 tag. */
export const SEAL_BYTES = 16;

/** A stream of key bytes that is read once, front to back. */
export interface Keystream {
  /** The next `length` bytes. Every read but the last must be a multiple of 16 bytes. */
  read(length: number): Promise<Bytes>;
}

/**
 * The cryptography secure aggregation stands on. Every implementation gives the same bytes and passes the same
 * vectors; native ones are faster.
 */
export interface Primitives extends SecretSharing {
  readonly name: string;
  /**
   * What was found of rosters, by their session's hash. For simulations, whose many clients in one process are all sent
   * the same roster and know nobody of it by another key.
   */
  readonly knownRosters?: Map<string, Promise<SecaggRefusal | undefined>>;
  /** Where keys and seeds come from. */
  readonly random: ByteSource;
  /** The X25519 public key of a secret key (RFC 7748). */
  agreementKey(secretKey: Bytes): Promise<Bytes>;
  /** X25519 with each public key; undefined where the result is all zero, which only a bad key gives. */
  agree(secretKey: Bytes, publicKeys: readonly Bytes[]): Promise<(Bytes | undefined)[]>;
  /** The Ed25519 public key of a seed (RFC 8032). */
  signingKey(seed: Bytes): Promise<Bytes>;
  sign(seed: Bytes, message: Bytes): Promise<Bytes>;
  verify(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean>;
  /** XSalsa20-Poly1305 under a key that is never used again, hence with the zero nonce. */
  seal(key: Bytes, plaintext: Bytes): Promise<Bytes>;
  /** Undefined when the ciphertext is not one made under this key. */
  open(key: Bytes, ciphertext: Bytes): Promise<Bytes | undefined>;
  /**
   * AES-256-CTR over zeros.
   * @param start The first counter, 128 bits, big-endian; 0 unless told.
   */
  keystream(key: Bytes, start?: Bytes): Promise<Keystream>;
}

/** Fresh secret bytes. */
export function randomSecret(primitives: Pick<Primitives, "random">, length = KEY_BYTES): Bytes {
  const secret = new Uint8Array(length);
  primitives.random.fill(secret);
  return secret;
}
