import { UnreadableStoreError } from "./unreadable-store-error.js";

const ALGORITHM = "AES-GCM";
const NONCE_BYTES = 12;

/** A key that WebCrypto uses and never hands out, not even to this page. */
export const generateWebKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]);

/**
 * nonce ‖ AES-256-GCM of `plain`, under a fresh random nonce and bound to its `place`: it opens nowhere else. A key is
 * good for 2^32 blobs (NIST SP 800-38D, §8.3).
 */
export async function sealWebBox(
  key: CryptoKey,
  plain: Uint8Array<ArrayBuffer>,
  place: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const box = new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, place), key, plain));
  const sealed = new Uint8Array(NONCE_BYTES + box.length);
  sealed.set(nonce);
  sealed.set(box, NONCE_BYTES);
  return sealed;
}

/** @throws UnreadableStoreError naming `place`, whatever `sealed` is. */
export async function openWebBox(
  key: CryptoKey,
  sealed: unknown,
  place: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!(sealed instanceof Uint8Array)) throw new UnreadableStoreError(place);
  const bytes = sealed.slice();
  const nonce = bytes.subarray(0, NONCE_BYTES);
  try {
    const plain = await crypto.subtle.decrypt(parameters(nonce, place), key, bytes.subarray(NONCE_BYTES));
    return new Uint8Array(plain);
  } catch {
    throw new UnreadableStoreError(place);
  }
}

const parameters = (iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams => ({
  name: ALGORITHM,
  iv,
  additionalData: new TextEncoder().encode(place),
});
