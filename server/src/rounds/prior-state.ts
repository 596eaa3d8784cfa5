import { BUCKETS_AN_ITEM, type HistogramEstimate, priorLogits } from "@tacit/shared";

/** Noise alone rarely brings about so many of its deviations. */
const TELLING = 2;

/** What a prior that version 0 was given is worth, in rounds of clients that each found one thing good. */
const GIVEN_ROUNDS = 10;

/** A sum for each bucket, and the variance of its noise. */
export const priorStateLength = (buckets: number): number => buckets + 1;

/**
 * The sums by which a prior that is given would have come about, with noise whose smoothing leaves it as it is; none where it
 * says nothing.
 */
export function initialPrior(logits: Float32Array): Float32Array {
  const state = new Float32Array(priorStateLength(logits.length));
  const most = logits.reduce((high, logit) => Math.max(high, logit), Number.NEGATIVE_INFINITY);
  const parts = Float64Array.from(logits, (logit) => Math.exp(logit - most));
  const least = parts.reduce((low, part) => Math.min(low, part), 1);
  const total = parts.reduce((sum, part) => sum + part - least, 0);
  if (!(total > 0)) return state;
  const scale = (GIVEN_ROUNDS * Math.sqrt(BUCKETS_AN_ITEM)) / total;
  state.set(parts.map((part) => scale * (part - least)));
  state[logits.length] = ((scale * least) / TELLING) ** 2;
  return state;
}

interface NextPrior {
  /** The sum of all rounds' mean histograms, and behind it the variance of its noise. */
  readonly state: Float32Array;
  readonly logits: Float32Array;
}

/** One round more. Whatever comes of released sums costs no privacy beyond theirs. */
export function nextPrior(before: Float32Array, { mean, addedVariance }: HistogramEstimate): NextPrior {
  const buckets = mean.length;
  const state = Float32Array.from(before, (sum, i) => sum + (mean[i] ?? addedVariance));
  const sums = state.subarray(0, buckets);
  const average = sums.reduce((total, sum) => total + Math.max(0, sum), 0) / buckets;
  const smoothing = Math.max(TELLING * Math.sqrt(state[buckets] ?? 0), average, Number.MIN_VALUE);
  const logits = new Float32Array(buckets);
  priorLogits(sums, smoothing, logits);
  return { state, logits };
}
