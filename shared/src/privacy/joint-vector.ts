import { clip, norm } from "./clip.js";
import type { Measurements, NamedMetric } from "./metric-plan.js";
import type { SealingPlan } from "./plan-sealing.js";
import { trainedPart } from "./prior-span.js";

/** Length of each metric's coordinate, in units of the clip: two of them take a hundredth of the update's length. */
export const METRIC_SHARE = 0.1;

/** What the histogram and the metrics leave of the clip to what is trained. */
export function trainedClip({ updateLength, dimension, prior, clip }: SealingPlan): number {
  const taken = (dimension - updateLength) * METRIC_SHARE ** 2 + (prior?.share ?? 0) ** 2;
  return clip * Math.sqrt(1 - taken);
}

/**
 * Writes the joint vector of an update whose trained part has this L2 length: that part, the histogram of the item prior
 * where there is one, no longer than its share of the clip, then the metrics' coordinates, none beyond ±{@link METRIC_SHARE}.
 * The trained part is clipped to what these leave, so that all together are no longer than the clip: neither costs privacy
 * beside the update's, and each takes a little of its length.
 *
 * A named metric takes two coordinates, its place in its range and whether there is one, so that clients with nothing to
 * measure, who contribute 0 to the first, do not pull the mean of the others.
 */
export function writeJointVector(
  plan: SealingPlan,
  update: Float32Array,
  length: number,
  measured: Measurements,
  into: Float32Array,
): void {
  const { updateLength, scale, metrics, prior } = plan;
  const unit = METRIC_SHARE * plan.clip * scale;
  const bound = trainedClip(plan);
  clip(trainedPart(update, prior), length, bound, scale, into);
  if (prior) {
    const { first, share } = prior;
    const histogram = update.subarray(first, updateLength);
    clip(histogram, norm(histogram) ?? 0, 1, share * plan.clip * scale, into.subarray(first));
  }
  let at = updateLength;
  if (metrics.withinClip) into[at++] = length <= bound ? unit : -unit;
  for (const metric of metrics.named) {
    const value = measured[metric.name];
    const present = value !== undefined && !Number.isNaN(value);
    into[at++] = present ? unit * placeOf(metric, value) : 0;
    into[at++] = present ? unit : -unit;
  }
}

/** −1 at the range's minimum, 1 at its maximum and beyond. */
const placeOf = ({ minimum, maximum }: NamedMetric, value: number) =>
  Math.min(1, Math.max(-1, (2 * value - minimum - maximum) / (maximum - minimum)));
