import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

const DIGEST_BYTES = 32;

/**
 * One public sign for each of `dimension` coordinates, 32 to a word, least significant bit first; a set bit turns the
 * sign. They are SHA-256 of the seed and a counter, so that both sides of a mechanism have the same.
 */
export function publicSigns(seed: string, dimension: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(dimension / 32));
  const key = sha256(utf8ToBytes(`tacit-signs-v1\n${seed}`));
  const block = new Uint8Array(DIGEST_BYTES + 4);
  block.set(key);
  const counter = new DataView(block.buffer, DIGEST_BYTES);
  for (let at = 0; at < words.length; at += DIGEST_BYTES / 4) {
    counter.setUint32(0, at, true);
    const digest = new DataView(sha256(block).buffer);
    for (let i = 0; i < DIGEST_BYTES / 4 && at + i < words.length; i++) {
      words[at + i] = digest.getUint32(4 * i, true);
    }
  }
  return words;
}

/** Turns the signs of a vector in place. Its own inverse. */
export function applySigns(vector: Float32Array<ArrayBuffer>, signs: Uint32Array): void {
  const bits = new Uint32Array(vector.buffer, vector.byteOffset, vector.length);
  for (let word = 0, i = 0; word < signs.length; word++) {
    let turns = signs[word] ?? 0;
    for (const end = Math.min(i + 32, bits.length); i < end; i++, turns >>>= 1) {
      bits[i] = (bits[i] ?? 0) ^ (turns << 31);
    }
  }
}
