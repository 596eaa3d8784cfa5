import { METRIC_SHARE } from "./joint-vector.js";
import type { NamedMetric } from "./metric-plan.js";
import { noiseGain } from "./noise-factor.js";
import type { SealingPlan } from "./plan-sealing.js";

/** The mean of what a cohort's clients measured, estimated through the noise: possibly beyond its range. */
export interface MetricEstimate {
  readonly name: NamedMetric["name"] | "within-clip";
  readonly mean: number;
  /** Of the noise and the rounding; how much clients differ is not in it. */
  readonly standardError: number;
}

/** Estimated through the noise: possibly negative. */
export interface HistogramEstimate {
  readonly mean: Float32Array;
  /** Of each bucket, by noise and rounding. */
  readonly standardError: number;
}

export interface SplitMean {
  /** As long as one client's; what it holds in the place of the prior means nothing. */
  readonly update: Float32Array;
  /** The mean of the clients' histograms, each at an L2 length of at most 1; undefined without an item prior. */
  readonly histogram: HistogramEstimate | undefined;
  /** In the task's order, without those that hardly anyone measured. */
  readonly metrics: readonly MetricEstimate[];
}

/** A share of clients is told from none when it is so many standard errors above it. */
const TELLING = 4;

/**
 * Takes an opened mean of so many joint vectors apart again.
 * @param opened how many vectors, each with the coordinator's noise where it makes any, it is the mean of.
 */
export function splitMean(
  plan: SealingPlan,
  mean: Float32Array,
  contributors: number,
  opened = 1,
): SplitMean {
  const { updateLength, clip, metrics, prior } = plan;
  const unit = METRIC_SHARE * clip;
  const standardError = openedDeviation(plan, contributors, opened) / unit;
  const estimates: MetricEstimate[] = [];
  let at = updateLength;
  const next = () => (mean[at++] ?? 0) / unit;
  if (metrics.withinClip) {
    estimates.push({ name: "within-clip", mean: (1 + next()) / 2, standardError: standardError / 2 });
  }
  for (const metric of metrics.named) {
    const estimate = ratioEstimate(metric, next(), (1 + next()) / 2, standardError);
    if (estimate) estimates.push(estimate);
  }
  return {
    update: mean.subarray(0, updateLength),
    histogram: prior && {
      mean: mean.slice(prior.first, updateLength).map((sum) => sum / (prior.share * clip)),
      standardError: openedDeviation(plan, contributors, opened) / (prior.share * clip),
    },
    metrics: estimates,
  };
}

/** Standard deviation of each coordinate of an opened mean: the noise of all contributors, and their rounding. */
export function openedDeviation(plan: SealingPlan, contributors: number, opened = 1): number {
  const { scale, shareDeviation, coordinatorDeviation, noiseFactor } = plan;
  const shares = contributors * (shareDeviation ** 2 + 0.25);
  return (
    Math.sqrt(shares + opened * coordinatorDeviation ** 2 * noiseGain(noiseFactor)) / (scale * contributors)
  );
}

/** Places over the share of clients that have one; its error by the delta method, the share's being half the places'. */
function ratioEstimate(
  { name, minimum, maximum }: NamedMetric,
  places: number,
  heard: number,
  error: number,
): MetricEstimate | undefined {
  if (heard < (TELLING * error) / 2) return undefined;
  const share = Math.min(1, heard);
  const place = places / share;
  const half = (maximum - minimum) / 2;
  return {
    name,
    mean: (minimum + maximum) / 2 + half * place,
    standardError: (half * error * Math.sqrt(1 + (place / 2) ** 2)) / share,
  };
}
