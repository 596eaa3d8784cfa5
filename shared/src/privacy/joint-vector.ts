import { clip } from "./clip.js";
import type { SealingPlan } from "./plan-sealing.js";

/** Length of each metric's coordinate, in units of the clip: what the update gives up of it is half the square. */
const METRIC_SHARE = 0.1;

/**
 * Writes the joint vector of an update of this L2 length: the update, then one coordinate of ±{@link METRIC_SHARE} for
 * each metric. The update is clipped to what these leave, so that both together are no longer than the clip: a metric
 * costs no privacy beside the update's, and a little of its length.
 */
export function joinMetrics(
  plan: SealingPlan,
  update: Float32Array,
  length: number,
  into: Float32Array,
): void {
  const { parameters, dimension, scale } = plan;
  const metric = METRIC_SHARE * plan.clip * scale;
  clip(update, length, updateClip(plan), scale, into);
  for (let i = parameters; i < dimension; i++) into[i] = length <= plan.clip ? metric : -metric;
}

/** What of the clip is left for the update itself. */
const updateClip = ({ clip, dimension, parameters }: SealingPlan) =>
  clip * Math.sqrt(1 - (dimension - parameters) * METRIC_SHARE ** 2);

export interface SplitMean {
  readonly update: Float32Array;
  /** Estimated share of updates that were within the clip; noisy, so possibly beyond [0, 1]. Absent without metrics. */
  readonly withinClip?: number;
}

/** Takes an opened mean apart again. */
export function splitMetrics({ parameters, dimension, clip }: SealingPlan, mean: Float32Array): SplitMean {
  const update = mean.subarray(0, parameters);
  if (dimension === parameters) return { update };
  return { update, withinClip: 0.5 + (mean[parameters] ?? 0) / (2 * METRIC_SHARE * clip) };
}
