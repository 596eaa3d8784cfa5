import nacl from "tweetnacl";
import { type ByteSource, platformBytes } from "../../random/byte-source.js";
import { type Bytes, isZero } from "./bytes.js";
import { portableKeystream } from "./portable-keystream.js";
import { KEY_BYTES, type Primitives, SIGNATURE_BYTES } from "./primitives.js";
import type { SecretSharing } from "./secret-sharing.js";
import { shamir } from "./shamir.js";

const ZERO_NONCE = new Uint8Array(nacl.secretbox.nonceLength);

/** The order of Ed25519's base point, 2^252 + 27742317777372353535851937790883648493, little-endian (RFC 8032). */
const ORDER = Uint8Array.of(
  ...[0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10],
);

/** JavaScript alone: TweetNaCl and Noble's AES. The reference for all bytes; needs nothing of the platform but randomness. */
export function portablePrimitives(
  sharing: SecretSharing = shamir,
  random: ByteSource = platformBytes,
): Primitives {
  return {
    name: "portable",
    random,
    split: (secret, shares, threshold) => sharing.split(secret, shares, threshold),
    combine: (shares) => sharing.combine(shares),
    agreementKey: async (secretKey) => new Uint8Array(nacl.scalarMult.base(secretKey)),
    agree: async (secretKey, publicKeys) =>
      publicKeys.map((publicKey) => {
        const shared = new Uint8Array(nacl.scalarMult(secretKey, publicKey));
        return isZero(shared) ? undefined : shared;
      }),
    async signingKey(seed) {
      const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(seed);
      secretKey.fill(0);
      return new Uint8Array(publicKey);
    },
    async sign(seed, message) {
      const { secretKey } = nacl.sign.keyPair.fromSeed(seed);
      const signature = new Uint8Array(nacl.sign.detached(message, secretKey));
      secretKey.fill(0);
      return signature;
    },
    verify: async (publicKey, message, signature) =>
      publicKey.length === KEY_BYTES &&
      signature.length === SIGNATURE_BYTES &&
      isReduced(signature.subarray(KEY_BYTES)) &&
      nacl.sign.detached.verify(message, signature, publicKey),
    seal: async (key, plaintext) => new Uint8Array(nacl.secretbox(plaintext, ZERO_NONCE, key)),
    async open(key, ciphertext) {
      const plaintext = nacl.secretbox.open(ciphertext, ZERO_NONCE, key);
      return plaintext ? new Uint8Array(plaintext) : undefined;
    },
    keystream: portableKeystream,
  };
}

/** Whether S < L. TweetNaCl does not look, and takes a signature's second spelling that RFC 8032 (5.1.7) refuses. */
function isReduced(scalar: Bytes): boolean {
  for (let i = KEY_BYTES - 1; i >= 0; i--) {
    const difference = (scalar[i] ?? 0) - (ORDER[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
