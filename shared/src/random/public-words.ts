import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

const DIGEST_BYTES = 32;

/**
 * So many public words of 32 bits: SHA-256 of a key, which is that of label and seed, and of a counter. The same on every
 * platform, so that two who know the seed have drawn the same.
 */
export function publicWords(label: string, seed: string, count: number): Uint32Array {
  const words = new Uint32Array(count);
  const block = new Uint8Array(DIGEST_BYTES + 4);
  block.set(sha256(utf8ToBytes(`${label}\n${seed}`)));
  const counter = new DataView(block.buffer, DIGEST_BYTES);
  for (let at = 0; at < count; at += DIGEST_BYTES / 4) {
    counter.setUint32(0, at, true);
    const digest = new DataView(sha256(block).buffer);
    for (let i = 0; i < DIGEST_BYTES / 4 && at + i < count; i++) {
      words[at + i] = digest.getUint32(4 * i, true);
    }
  }
  return words;
}
