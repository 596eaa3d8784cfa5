import { takenItems } from "../taken-items.js";
import type { Transition } from "../trajectories.js";
import { bucketsOf } from "./item-buckets.js";

/**
 * What one client adds to the histogram: 1 for each bucket of what it found good, however often, at an L2 length
 * of 1; nothing where nothing was good.
 */
export function engagedHistogram(
  transitions: readonly Pick<Transition, "action" | "reward">[],
  buckets: Int32Array,
  into: Float32Array,
): void {
  const engaged = new Set(takenItems(transitions).flatMap((row) => [...bucketsOf(buckets, row)]));
  into.fill(0);
  for (const bucket of engaged) into[bucket] = 1 / Math.sqrt(engaged.size);
}
