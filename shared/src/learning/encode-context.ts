import { encodeFeatures } from "../catalogue/encode-features.js";
import { featureWidth } from "../catalogue/feature-width.js";
import type { Features } from "../catalogue/item.js";
import type { TaskSpec } from "../task/task-spec.js";

/** C numbers, each modality of norm at most 1; undefined for a task without context. What is not told is missing. */
export function encodeContext({ context }: TaskSpec, told: Features = {}): Float32Array | undefined {
  if (!context) return undefined;
  const columns = new Float32Array(featureWidth(context.features) - 1);
  encodeFeatures(context.features, told, columns);
  return columns;
}
