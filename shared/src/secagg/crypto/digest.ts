import { sha256 } from "@noble/hashes/sha2.js";
import type { Bytes } from "./bytes.js";
import { nodeCrypto } from "./node-crypto.js";

const node = nodeCrypto();

/** SHA-256 over the parts: by node:crypto where there is one, which is three to ten times as fast. */
export function digestOf(...parts: readonly Uint8Array[]): Bytes {
  const hash = node ? node.createHash("sha256") : sha256.create();
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
