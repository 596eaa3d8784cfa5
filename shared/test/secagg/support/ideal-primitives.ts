import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { type ByteSource, platformBytes } from "../../../src/random/byte-source.js";
import { equalBytes } from "../../../src/secagg/crypto/bytes.js";
import type { Primitives } from "../../../src/secagg/crypto/primitives.js";
import { toySharing } from "./toy-sharing.js";

const encoder = new TextEncoder();
const hash = (purpose: string, ...parts: Uint8Array[]) =>
  new Uint8Array(sha256(concatBytes(encoder.encode(purpose), ...parts)));

/** The point of order one: its agreement with everything is zero, as on the real curve. */
export const WEAK_KEY = Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 1 : 0));

const agreementKey = (secret: Uint8Array) => hash("agreement key", secret);
const signingKey = (seed: Uint8Array) => hash("signing key", seed);
/** Anybody could make it; the adversaries here never do. */
const signatureOf = (key: Uint8Array, message: Uint8Array) => {
  const half = hash("signature", key, message);
  return new Uint8Array(concatBytes(half, half));
};

/**
 * Hashes in the place of curves and ciphers: a hundred times faster, of the same lengths, and wrong wherever a real
 * one is wrong. For what the state machines do with the primitives, not for the primitives.
 */
export function idealPrimitives(random: ByteSource = platformBytes): Primitives {
  return {
    name: "ideal",
    random,
    ...toySharing(random),
    agreementKey: async (secret) => agreementKey(secret),
    async agree(secret, publicKeys) {
      const own = agreementKey(secret);
      return publicKeys.map((other) => {
        if (equalBytes(other, WEAK_KEY)) return undefined;
        return isBefore(own, other) ? hash("agreed", own, other) : hash("agreed", other, own);
      });
    },
    signingKey: async (seed) => signingKey(seed),
    sign: async (seed, message) => signatureOf(signingKey(seed), message),
    verify: async (key, message, signature) => equalBytes(signatureOf(key, message), signature),
    seal: async (key, plaintext) =>
      new Uint8Array(concatBytes(mixed(key, plaintext), hash("tag", key, plaintext).subarray(0, 16))),
    async open(key, ciphertext) {
      const plaintext = mixed(key, ciphertext.slice(0, -16));
      const tag = hash("tag", key, plaintext).subarray(0, 16);
      return equalBytes(tag, ciphertext.subarray(-16)) ? plaintext : undefined;
    },
    async keystream(key) {
      const next = generator(key);
      return {
        async read(length) {
          const words = Uint32Array.from({ length: Math.ceil(length / 4) }, next);
          return new Uint8Array(words.buffer).slice(0, length);
        },
      };
    },
  };
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  const differs = a.findIndex((byte, index) => byte !== b[index]);
  return (a[differs] ?? 0) < (b[differs] ?? 0);
}

function mixed(key: Uint8Array, message: Uint8Array) {
  const next = generator(hash("pad", key));
  return Uint8Array.from(message, (byte) => byte ^ (next() & 0xff));
}

/** Small fast counting generator sfc32, seeded with the first sixteen bytes. */
function generator(key: Uint8Array): () => number {
  const seed = new DataView(key.slice().buffer);
  let [a, b, c, counter] = [seed.getUint32(0), seed.getUint32(4), seed.getUint32(8), seed.getUint32(12)];
  const next = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
