import type { ByteSource } from "../random/byte-source.js";
import type { IntegerSampler } from "./integer-sampler.js";
import type { IntegerWeights } from "./integer-weights.js";
import { THRESHOLD_BITS, tableVariation, THRESHOLD_WORDS as WORDS } from "./table-variation.js";

const POOL_WORDS = 16_384;
const LEAST_GUIDE_BITS = 8;
const GREATEST_GUIDE_BITS = 18;

/**
 * A symmetric distribution over the integers from its cumulative table, with thresholds of 128 bits (64 would
 * do, and are no faster): a uniform number is compared by its first 32 bits, and only where these tie are its others
 * drawn. A guide table (Chen, Asau 1974) starts the search next to its end. A draw so costs four random bytes and about
 * one comparison; as its time depends on what is drawn, draw before anybody can be waiting for it.
 */
export function tableSampler({ weights, missing }: IntegerWeights): IntegerSampler {
  const reach = weights.length - 1;
  const thresholds = cumulative(weights);
  const first = thresholds[0] ?? new Uint32Array();
  const last = first.length - 1;
  const guide = guideOf(first);
  const shift = 32 - Math.log2(guide.length);
  const pool = new Uint32Array(POOL_WORDS);
  const poolBytes = new Uint8Array(pool.buffer);
  return {
    totalVariation: tableVariation(reach) + missing,
    fill(into, bytes) {
      for (let start = 0; start < into.length; start += POOL_WORDS) {
        const count = Math.min(POOL_WORDS, into.length - start);
        bytes.fill(poolBytes.subarray(0, 4 * count));
        for (let i = 0; i < count; i++) {
          const draw = pool[i] ?? 0;
          let at = guide[draw >>> shift] ?? 0;
          while (at < last && draw > (first[at] ?? 0)) at++;
          if (draw === first[at]) at = breakTie(thresholds, at, draw, bytes);
          into[start + i] = at - reach;
        }
      }
      pool.fill(0, 0, Math.min(POOL_WORDS, into.length));
    },
  };
}

/** Draws the rest of a number whose first word is a threshold's, and goes on to the first threshold above it. */
function breakTie(thresholds: readonly Uint32Array[], from: number, word: number, bytes: ByteSource): number {
  const rest = new Uint32Array(WORDS - 1);
  bytes.fill(new Uint8Array(rest.buffer));
  const draw = [word, ...rest];
  const last = (thresholds[0]?.length ?? 1) - 1;
  let at = from;
  while (at < last && !isBelow(draw, thresholds, at)) at++;
  return at;
}

function isBelow(draw: readonly number[], thresholds: readonly Uint32Array[], at: number): boolean {
  for (let word = 0; word < WORDS; word++) {
    const [ours, theirs] = [draw[word] ?? 0, thresholds[word]?.[at] ?? 0];
    if (ours !== theirs) return ours < theirs;
  }
  return false;
}

/** The cumulative probabilities of −reach … reach in units of 2^−128, one array a word; the last is just below 1. */
function cumulative(weights: readonly bigint[]): Uint32Array[] {
  const reach = weights.length - 1;
  let whole = -(weights[0] ?? 0n);
  for (const weight of weights) whole += 2n * weight;
  const words = Array.from({ length: WORDS }, () => new Uint32Array(2 * reach + 1));
  let sum = 0n;
  for (let at = 0; at <= 2 * reach; at++) {
    sum += weights[Math.abs(at - reach)] ?? 0n;
    let threshold = (sum << THRESHOLD_BITS) / whole;
    if (at === 2 * reach) threshold = (1n << THRESHOLD_BITS) - 1n;
    for (let word = WORDS - 1; word >= 0; word--, threshold >>= 32n) {
      const values = words[word];
      if (values) values[at] = Number(threshold & 0xffffffffn);
    }
  }
  return words;
}

/** For each prefix of the first word, the first threshold that a number with this prefix may be below. */
function guideOf(first: Uint32Array): Uint32Array {
  const bits = Math.ceil(Math.log2(2 * first.length));
  const guide = new Uint32Array(2 ** Math.min(GREATEST_GUIDE_BITS, Math.max(LEAST_GUIDE_BITS, bits)));
  const width = 2 ** 32 / guide.length;
  for (let bucket = 0, at = 0; bucket < guide.length; bucket++) {
    while (at < first.length - 1 && (first[at] ?? 0) < bucket * width) at++;
    guide[bucket] = at;
  }
  return guide;
}
