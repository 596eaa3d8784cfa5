import { METRIC_SHARE } from "./joint-vector.js";
import type { MetricSum } from "./metric-sum.js";
import { addedNoiseGain, noiseGain } from "./noise-factor.js";
import type { SealingPlan } from "./plan-sealing.js";

/** Estimated through the noise: possibly negative. */
export interface HistogramEstimate {
  readonly mean: Float32Array;
  /**
   * What noise and rounding add to the variance of each bucket's sum of all rounds' means: less than their own, where noise takes back that
   * of earlier rounds (as much as it is planned to where cohorts are of one size).
   */
  readonly addedVariance: number;
}

export interface SplitMean {
  /** As long as one client's; what it holds in the place of the prior means nothing. */
  readonly update: Float32Array;
  /** The mean of the clients' histograms, each at an L2 length of at most 1; undefined without an item prior. */
  readonly histogram: HistogramEstimate | undefined;
  /** In the task's order, behind the bit within the clip. */
  readonly metrics: readonly MetricSum[];
}

const WITHIN_CLIP = { name: "within-clip", minimum: 0, maximum: 1, share: 1, shareError: 0 } as const;

/** What an opened mean is the mean of. */
interface Opened {
  readonly contributors: number;
  /** Vectors, each with the coordinator's noise where it makes any. */
  readonly vectors?: number;
  /** Releases before it, whose noise its own may take back. */
  readonly before?: number;
}

/** Takes an opened mean of joint vectors apart again. */
export function splitMean(plan: SealingPlan, mean: Float32Array, opened: Opened): SplitMean {
  const { updateLength, clip, metrics, prior, noiseFactor } = plan;
  const unit = METRIC_SHARE * clip;
  const error = openedDeviation(plan, opened) / unit;
  const sums: MetricSum[] = [];
  let at = updateLength;
  const next = () => (mean[at++] ?? 0) / unit;
  if (metrics.withinClip) sums.push({ ...WITHIN_CLIP, places: next(), error });
  for (const metric of metrics.named) {
    sums.push({ ...metric, places: next(), share: (1 + next()) / 2, error, shareError: error / 2 });
  }
  const added = addedNoiseGain(noiseFactor, opened.before ?? 0);
  return {
    update: mean.subarray(0, updateLength),
    histogram: prior && {
      mean: mean.slice(prior.first, updateLength).map((sum) => sum / (prior.share * clip)),
      addedVariance: (openedDeviation(plan, opened, added) / (prior.share * clip)) ** 2,
    },
    metrics: sums,
  };
}

/**
 * Standard deviation of each coordinate of an opened mean: the noise of all contributors, and their rounding.
 * @param gain of the coordinator's noise: what correlating it makes of its variance.
 */
export function openedDeviation(
  plan: SealingPlan,
  { contributors, vectors = 1 }: Opened,
  gain = noiseGain(plan.noiseFactor),
): number {
  const { scale, shareDeviation, coordinatorDeviation } = plan;
  const shares = contributors * (shareDeviation ** 2 + 0.25);
  return Math.sqrt(shares + vectors * coordinatorDeviation ** 2 * gain) / (scale * contributors);
}
