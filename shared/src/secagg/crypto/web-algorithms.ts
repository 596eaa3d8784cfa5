import { BASE_POINT, type NativeAlgorithms, pkcs8 } from "./algorithms.js";
import { type Bytes, bytesOfBase64Url, isZero } from "./bytes.js";
import { KEY_BYTES } from "./primitives.js";
import { webKeystream } from "./web-keystream.js";

async function importSecret(
  curve: "X25519" | "Ed25519",
  secret: Bytes,
  usage: "deriveBits" | "sign",
  extractable = false,
): Promise<CryptoKey> {
  const wrapped = pkcs8(curve, secret);
  try {
    return await crypto.subtle.importKey("pkcs8", wrapped, curve, extractable, [usage]);
  } finally {
    wrapped.fill(0);
  }
}

async function sharedSecret(secretKey: CryptoKey, publicKey: Bytes): Promise<Bytes | undefined> {
  try {
    const other = await crypto.subtle.importKey("raw", publicKey, "X25519", false, []);
    const shared = new Uint8Array(
      await crypto.subtle.deriveBits({ name: "X25519", public: other }, secretKey, 8 * KEY_BYTES),
    );
    return isZero(shared) ? undefined : shared;
  } catch {
    // The platform itself refuses points of small order.
    return undefined;
  }
}

/** Web Crypto: browsers, Deno, Bun, Node. */
export const webAlgorithms: NativeAlgorithms = {
  name: "webcrypto",
  agreement: {
    async agreementKey(secretKey) {
      const publicKey = await sharedSecret(await importSecret("X25519", secretKey, "deriveBits"), BASE_POINT);
      if (!publicKey) throw new Error("X25519 of the base point failed");
      return publicKey;
    },
    async agree(secretKey, publicKeys) {
      const imported = await importSecret("X25519", secretKey, "deriveBits");
      return Promise.all(publicKeys.map((publicKey) => sharedSecret(imported, publicKey)));
    },
  },
  signatures: {
    async signingKey(seed) {
      // The platform tells a public key only beside the secret one, which this page has anyway.
      const imported = await importSecret("Ed25519", seed, "sign", true);
      const { x } = await crypto.subtle.exportKey("jwk", imported);
      if (x === undefined) throw new Error("Ed25519 keys come without their public half");
      return bytesOfBase64Url(x);
    },
    async sign(seed, message) {
      const imported = await importSecret("Ed25519", seed, "sign");
      return new Uint8Array(await crypto.subtle.sign("Ed25519", imported, message));
    },
    async verify(publicKey, message, signature) {
      try {
        const imported = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
        return await crypto.subtle.verify("Ed25519", imported, signature, message);
      } catch {
        return false;
      }
    },
  },
  cipher: { keystream: webKeystream },
};
