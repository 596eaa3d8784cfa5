import { type HistogramEstimate, priorLogits } from "@tacit/shared";

/** Noise alone rarely brings about so many of its deviations. */
const TELLING = 2;

/** What a prior that version 0 was given is worth, in rounds of clients that each found one thing good. */
const GIVEN_ROUNDS = 10;

/** A sum for each bucket, and the variance of its noise. */
export const priorStateLength = (buckets: number): number => buckets + 1;

/** The sums by which a prior that is given would have come about, without noise: none where it says nothing. */
export function initialPrior(logits: Float32Array): Float32Array {
  const state = new Float32Array(priorStateLength(logits.length));
  const least = logits.reduce((low, logit) => Math.min(low, logit), Number.POSITIVE_INFINITY);
  const above = logits.map((logit) => Math.exp(logit - least) - 1);
  const total = above.reduce((sum, one) => sum + one, 0);
  if (total > 0) state.set(above.map((one) => (GIVEN_ROUNDS * one) / total));
  return state;
}

interface NextPrior {
  /** The sum of all rounds' mean histograms, and behind it the variance of its noise. */
  readonly state: Float32Array;
  readonly logits: Float32Array;
}

/** One round more. Whatever comes of released sums costs no privacy beyond theirs. */
export function nextPrior(
  before: Float32Array,
  { mean, addedVariance }: Pick<HistogramEstimate, "mean" | "addedVariance">,
): NextPrior {
  const buckets = mean.length;
  const state = Float32Array.from(before, (sum, i) => sum + (mean[i] ?? addedVariance));
  const sums = state.subarray(0, buckets);
  const average = sums.reduce((total, sum) => total + Math.max(0, sum), 0) / buckets;
  const smoothing = Math.max(TELLING * Math.sqrt(state[buckets] ?? 0), average, Number.MIN_VALUE);
  const logits = new Float32Array(buckets);
  priorLogits(sums, smoothing, logits);
  return { state, logits };
}
