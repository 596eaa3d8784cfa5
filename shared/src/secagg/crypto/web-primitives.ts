import { type ByteSource, platformBytes } from "../../random/byte-source.js";
import { type Bytes, isZero } from "./bytes.js";
import { portablePrimitives } from "./portable-primitives.js";
import { KEY_BYTES, type Primitives } from "./primitives.js";
import type { SecretSharing } from "./secret-sharing.js";

/** PKCS #8 around a raw 32-byte key (RFC 8410): what comes before the key itself. */
const PKCS8 = {
  X25519: Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20),
  Ed25519: Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20),
};
type Curve = keyof typeof PKCS8;

/** The base point of X25519: a secret key's agreement with it is its public key. */
const BASE_POINT = Uint8Array.from({ length: KEY_BYTES }, (_, index) => (index === 0 ? 9 : 0));

async function importSecret(curve: Curve, secret: Bytes, usage: "deriveBits" | "sign"): Promise<CryptoKey> {
  const wrapped = new Uint8Array(PKCS8[curve].length + KEY_BYTES);
  wrapped.set(PKCS8[curve]);
  wrapped.set(secret, PKCS8[curve].length);
  try {
    return await crypto.subtle.importKey("pkcs8", wrapped, curve, false, [usage]);
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

const agreement: Pick<Primitives, "agreementKey" | "agree"> = {
  async agreementKey(secretKey) {
    const publicKey = await sharedSecret(await importSecret("X25519", secretKey, "deriveBits"), BASE_POINT);
    if (!publicKey) throw new Error("X25519 of the base point failed");
    return publicKey;
  },
  async agree(secretKey, publicKeys) {
    const imported = await importSecret("X25519", secretKey, "deriveBits");
    return Promise.all(publicKeys.map((publicKey) => sharedSecret(imported, publicKey)));
  },
};

const signatures: Pick<Primitives, "sign" | "verify"> = {
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
};

/** Native where Web Crypto has the algorithm, TweetNaCl where it does not. The same bytes either way. */
export async function platformPrimitives(
  sharing: SecretSharing,
  random: ByteSource = platformBytes,
): Promise<Primitives> {
  const [agrees, signs] = await Promise.all([
    works(() => agreement.agreementKey(BASE_POINT)),
    works(() => signatures.sign(BASE_POINT, BASE_POINT)),
  ]);
  return {
    ...portablePrimitives(sharing, random),
    ...(agrees && agreement),
    ...(signs && signatures),
    name: agrees && signs ? "webcrypto" : "webcrypto with tweetnacl",
  };
}

async function works(attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch {
    return false;
  }
}
