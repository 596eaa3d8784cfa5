import { publicWords } from "../random/public-words.js";

/**
 * One public sign for each of `dimension` coordinates, 32 to a word, least significant bit first; a set bit turns the
 * sign. Both sides of a mechanism have the same.
 */
export const publicSigns = (seed: string, dimension: number): Uint32Array =>
  publicWords("tacit-signs-v1", seed, Math.ceil(dimension / 32));

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
