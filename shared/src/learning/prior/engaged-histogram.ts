import { takenItems } from "../taken-items.js";
import type { Transition } from "../trajectories.js";

/**
 * What one client adds to the histogram: 1 for each bucket that it found something good in, however often, at an L2 length
 * of 1; nothing where nothing was good.
 */
export function engagedHistogram(
  transitions: readonly Pick<Transition, "action" | "reward">[],
  bucketOf: Int32Array,
  into: Float32Array,
): void {
  const engaged = new Set(takenItems(transitions).map((row) => bucketOf[row] ?? 0));
  into.fill(0);
  for (const bucket of engaged) into[bucket] = 1 / Math.sqrt(engaged.size);
}
