import type { Bytes } from "./bytes.js";
import { type MaskSum, roundUp, type WordBytes } from "./mask-sum.js";

/** In JavaScript. Typed arrays wrap modulo 2^32, of which every smaller modulus is a divisor. */
export function portableMaskSum(count: number, bytes: WordBytes): MaskSum {
  const values = new Uint32Array(roundUp(count));
  return {
    values,
    apply(stream, from, sign) {
      const words = new Uint32Array(aligned(stream));
      const sums = values.subarray(from, from + stream.length / bytes);
      ADD[bytes](sums, words, sign);
    },
    erase: () => values.fill(0),
  };
}

/** The stream's own buffer where words can be read from it in place. */
const aligned = ({ buffer, byteOffset, byteLength }: Bytes): ArrayBuffer =>
  byteOffset === 0 && byteLength === buffer.byteLength
    ? buffer
    : buffer.slice(byteOffset, byteOffset + byteLength);

type Add = (sums: Uint32Array, words: Uint32Array, sign: 1 | -1) => void;

const ADD: Record<WordBytes, Add> = {
  2(sums, words, sign) {
    for (let i = 0, at = 0; at < sums.length; i++, at += 2) {
      const pair = words[i] ?? 0;
      sums[at] = (sums[at] ?? 0) + sign * pair;
      sums[at + 1] = (sums[at + 1] ?? 0) + sign * (pair >>> 16);
    }
  },
  3(sums, words, sign) {
    for (let i = 0, at = 0; at < sums.length; i += 3, at += 4) {
      const [a, b, c] = [words[i] ?? 0, words[i + 1] ?? 0, words[i + 2] ?? 0];
      sums[at] = (sums[at] ?? 0) + sign * a;
      sums[at + 1] = (sums[at + 1] ?? 0) + sign * ((a >>> 24) | (b << 8));
      sums[at + 2] = (sums[at + 2] ?? 0) + sign * ((b >>> 16) | (c << 16));
      sums[at + 3] = (sums[at + 3] ?? 0) + sign * (c >>> 8);
    }
  },
  4(sums, words, sign) {
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + sign * (words[i] ?? 0);
  },
};
