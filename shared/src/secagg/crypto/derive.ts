import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import type { Bytes } from "./bytes.js";
import { label, labelledHash, type Purpose } from "./labelled-hash.js";
import { KEY_BYTES } from "./primitives.js";

const ZERO = new Uint8Array(1);

/** Clients by their place in the roster, two bytes each, big-endian. */
function places(clients: readonly number[]): Bytes {
  const bytes = new Uint8Array(2 * clients.length);
  const view = new DataView(bytes.buffer);
  for (const [i, client] of clients.entries()) view.setUint16(2 * i, client);
  return bytes;
}

/** HKDF-SHA-256 (RFC 5869): `salt` is the session's hash, `info` the label, a zero byte and the clients' places. */
export function deriveKey(secret: Bytes, session: Bytes, purpose: Purpose, ...clients: number[]): Bytes {
  const info = concatBytes(label(purpose), ZERO, places(clients));
  return new Uint8Array(hkdf(sha256, secret, session, info, KEY_BYTES));
}

/** What the owner of a seed is bound to before anybody can ask for the seed. */
export const commitToSeed = (session: Bytes, client: number, seed: Bytes): Bytes =>
  labelledHash("seed commitment", session, places([client]), seed);
