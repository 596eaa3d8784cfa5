import { platformBytes } from "@tacit/shared";
import nacl from "tweetnacl";
import { UnreadableStoreError } from "./unreadable-store-error.js";

const { keyLength, nonceLength } = nacl.secretbox;
export const SECRET_KEY_BYTES = keyLength;

/** nonce ‖ XSalsa20-Poly1305 of `plain`, under a fresh random nonce. */
export function sealBox(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const nonce = new Uint8Array(nonceLength);
  platformBytes.fill(nonce);
  const box = nacl.secretbox(plain, nonce, key);
  const sealed = new Uint8Array(nonceLength + box.length);
  sealed.set(nonce);
  sealed.set(box, nonceLength);
  return sealed;
}

/** @throws UnreadableStoreError naming `what`. */
export function openBox(key: Uint8Array, sealed: Uint8Array, what: string): Uint8Array {
  const plain =
    sealed.length < nonceLength
      ? null
      : nacl.secretbox.open(sealed.subarray(nonceLength), sealed.subarray(0, nonceLength), key);
  if (!plain) throw new UnreadableStoreError(what);
  return plain;
}
