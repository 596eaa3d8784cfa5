import type { ByteSource } from "../../../src/random/byte-source.js";
import { seededRandom } from "../../../src/random/random.js";

/** Reproducible bytes, so that a statistical test that passes goes on passing. */
export function seededBytes(seed: number): ByteSource {
  const random = seededRandom(seed);
  return {
    fill(bytes) {
      const words = new Uint32Array(Math.ceil(bytes.length / 4));
      for (let i = 0; i < words.length; i++) words[i] = random.integer(2 ** 32);
      bytes.set(new Uint8Array(words.buffer, 0, bytes.length));
    },
  };
}
