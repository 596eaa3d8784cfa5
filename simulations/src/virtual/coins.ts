import { type ByteSource, type Random, seededRandom } from "@tacit/shared";

/** What coins are thrown for. Each has streams of its own, so that one more throw of one kind moves no other. */
export const PURPOSE = {
  people: 1,
  training: 2,
  sealing: 3,
  cohort: 4,
  dropout: 5,
  timeZone: 6,
  available: 7,
  speed: 8,
  jitter: 9,
  cohortNoise: 10,
  identity: 11,
  coordinatorNoise: 12,
  sample: 13,
  answers: 14,
  slates: 15,
} as const;

type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

const TWO_32 = 2 ** 32;
const GOLDEN = 0x9e3779b1;

/** murmur3's finaliser: a bijection of 32 bits. */
function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * 32 bits that depend on these numbers only. For given seed, purpose and time no two clients have the same. Not for secrets: whoever
 * simulates may know all of them.
 * @param time a round, a slot of the clock, or 0.
 * @param who a client, or 0.
 */
export function hashOf(seed: number, purpose: Purpose, time: number, who: number): number {
  const run = mixed(seed + Math.imul(purpose, GOLDEN));
  return mixed(mixed(run ^ mixed(Math.imul(time, GOLDEN) + purpose)) + Math.imul(who, GOLDEN));
}

/** Uniform in [0, 1). */
export const coin = (seed: number, purpose: Purpose, time: number, who: number): number =>
  hashOf(seed, purpose, time, who) / TWO_32;

/** A stream of coins that depends on these numbers only. */
export const coinsOf = (seed: number, purpose: Purpose, time: number, who: number): Random =>
  seededRandom(hashOf(seed, purpose, time, who));

/**
 * Repeatable bytes (sfc32 of PractRand), four to a step: the rounding and the noise of virtual clients, never of real
 * ones. Whole words at once, which is several times as fast as coins one by one.
 */
export function bytesOf(seed: number, purpose: Purpose, time: number, who: number): ByteSource {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = hashOf(seed, purpose, time, who);
  let counter = 1;
  const fillWords = (words: Uint32Array) => {
    for (let i = 0; i < words.length; i++) {
      const sum = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      words[i] = sum;
    }
  };
  fillWords(new Uint32Array(12));
  return {
    fill(bytes) {
      const words =
        bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0
          ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
          : new Uint32Array(Math.ceil(bytes.length / 4));
      fillWords(words);
      if (words.buffer !== bytes.buffer) bytes.set(new Uint8Array(words.buffer, 0, bytes.length));
    },
  };
}
