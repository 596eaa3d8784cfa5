import nacl from "tweetnacl";
import { type ByteSource, platformBytes } from "../../random/byte-source.js";
import { isZero } from "./bytes.js";
import { webKeystream } from "./keystream.js";
import type { Primitives } from "./primitives.js";
import type { SecretSharing } from "./secret-sharing.js";

const ZERO_NONCE = new Uint8Array(nacl.secretbox.nonceLength);

/** TweetNaCl everywhere but for AES, which every platform with a secure context has. The reference for all bytes. */
export function portablePrimitives(sharing: SecretSharing, random: ByteSource = platformBytes): Primitives {
  return {
    name: "tweetnacl",
    random,
    split: (secret, shares, threshold) => sharing.split(secret, shares, threshold),
    combine: (shares) => sharing.combine(shares),
    agreementKey: async (secretKey) => new Uint8Array(nacl.scalarMult.base(secretKey)),
    agree: async (secretKey, publicKeys) =>
      publicKeys.map((publicKey) => {
        const shared = new Uint8Array(nacl.scalarMult(secretKey, publicKey));
        return isZero(shared) ? undefined : shared;
      }),
    signingKey: async (seed) => new Uint8Array(nacl.sign.keyPair.fromSeed(seed).publicKey),
    async sign(seed, message) {
      const { secretKey } = nacl.sign.keyPair.fromSeed(seed);
      const signature = new Uint8Array(nacl.sign.detached(message, secretKey));
      secretKey.fill(0);
      return signature;
    },
    verify: async (publicKey, message, signature) => nacl.sign.detached.verify(message, signature, publicKey),
    seal: async (key, plaintext) => new Uint8Array(nacl.secretbox(plaintext, ZERO_NONCE, key)),
    async open(key, ciphertext) {
      const plaintext = nacl.secretbox.open(ciphertext, ZERO_NONCE, key);
      return plaintext ? new Uint8Array(plaintext) : undefined;
    },
    keystream: webKeystream,
  };
}
