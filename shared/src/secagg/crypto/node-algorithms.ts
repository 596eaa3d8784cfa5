import { type NativeAlgorithms, pkcs8 } from "./algorithms.js";
import { type Bytes, isZero } from "./bytes.js";
import { BLOCK_BYTES, zeroBytes } from "./counter.js";
import { nodeCrypto } from "./node-crypto.js";
import type { Keystream } from "./primitives.js";
import { SecretKeys } from "./secret-keys.js";

type Curve = "X25519" | "Ed25519";

type NodeCrypto = NonNullable<ReturnType<typeof nodeCrypto>>;
type KeyObject = ReturnType<NodeCrypto["createPrivateKey"]>;

/** node:crypto, where there is one: without Web Crypto's detour over other threads, hence two to three times as fast. */
export function nodeAlgorithms(): NativeAlgorithms | undefined {
  const crypto = nodeCrypto();
  return crypto && { name: "node", ...algorithmsOf(crypto) };
}

function algorithmsOf(crypto: NodeCrypto): Omit<NativeAlgorithms, "name"> {
  const secretKey = (curve: Curve, secret: Bytes) => {
    const wrapped = pkcs8(curve, secret);
    try {
      return crypto.createPrivateKey({ key: Buffer.from(wrapped.buffer), format: "der", type: "pkcs8" });
    } finally {
      wrapped.fill(0);
    }
  };
  const digest = (secret: Bytes) => crypto.hash("sha256", secret, "buffer");
  /** Of seeds, which their owner keeps as long as it signs: reading one takes longer than signing. */
  const signingKeys = new SecretKeys((seed) => secretKey("Ed25519", seed), digest);
  /** Between a secret's public key and its first agreement, which forgets it. */
  const agreementKeys = new SecretKeys((secret) => secretKey("X25519", secret), digest);
  // As JWK: a tenth of what DER takes to read.
  const publicKey = (crv: Curve, key: Bytes) =>
    crypto.createPublicKey({
      key: { kty: "OKP", crv, x: Buffer.from(key).toString("base64url") },
      format: "jwk",
    });
  const rawPublicKey = (key: KeyObject): Bytes => {
    const { x } = crypto.createPublicKey(key).export({ format: "jwk" });
    return new Uint8Array(Buffer.from(x ?? "", "base64url"));
  };
  return {
    agreement: {
      agreementKey: async (secret) => rawPublicKey(agreementKeys.of(secret)),
      async agree(secret, publicKeys) {
        const privateKey = agreementKeys.take(secret);
        return publicKeys.map((key) => {
          try {
            const shared = crypto.diffieHellman({ privateKey, publicKey: publicKey("X25519", key) });
            const own = new Uint8Array(shared);
            shared.fill(0);
            return isZero(own) ? undefined : own;
          } catch {
            // OpenSSL itself refuses points of small order.
            return undefined;
          }
        });
      },
    },
    signatures: {
      signingKey: async (seed) => rawPublicKey(signingKeys.of(seed)),
      sign: async (seed, message) => new Uint8Array(crypto.sign(null, message, signingKeys.of(seed))),
      verify: (key, message, signature) =>
        new Promise((resolve) => {
          try {
            crypto.verify(null, message, publicKey("Ed25519", key), signature, (error, right) =>
              resolve(error === null && right),
            );
          } catch {
            resolve(false);
          }
        }),
    },
    cipher: { keystream: (key, start) => nodeKeystream(crypto, key, start) },
  };
}

/**
 * AES-256-CTR of OpenSSL. It works on this thread, so the event loop gets a turn before each stream.
 */
async function nodeKeystream(
  crypto: NodeCrypto,
  key: Bytes,
  start = new Uint8Array(BLOCK_BYTES),
): Promise<Keystream> {
  await new Promise((resolve) => setImmediate(resolve));
  const cipher = crypto.createCipheriv("aes-256-ctr", key, start);
  return {
    async read(length) {
      const stream = cipher.update(zeroBytes(length));
      return stream.buffer instanceof ArrayBuffer
        ? new Uint8Array(stream.buffer, stream.byteOffset, stream.byteLength)
        : new Uint8Array(stream);
    },
  };
}
