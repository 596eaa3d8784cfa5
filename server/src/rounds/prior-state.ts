import { type HistogramEstimate, priorLogits } from "@tacit/shared";

/** Noise alone rarely brings about so many of its deviations. */
const TELLING = 2;

/** A sum for each bucket, and the variance of its noise. */
export const priorStateLength = (buckets: number): number => buckets + 1;

interface NextPrior {
  /** The sum of all rounds' mean histograms, and behind it the variance of its noise. */
  readonly state: Float32Array;
  readonly logits: Float32Array;
}

/** One round more. Whatever comes of released sums costs no privacy beyond theirs. */
export function nextPrior(before: Float32Array, { mean, standardError }: HistogramEstimate): NextPrior {
  const buckets = mean.length;
  const state = Float32Array.from(before, (sum, i) => sum + (mean[i] ?? standardError ** 2));
  const sums = state.subarray(0, buckets);
  const average = sums.reduce((total, sum) => total + Math.max(0, sum), 0) / buckets;
  const smoothing = Math.max(TELLING * Math.sqrt(state[buckets] ?? 0), average, Number.MIN_VALUE);
  const logits = new Float32Array(buckets);
  priorLogits(sums, smoothing, logits);
  return { state, logits };
}
