import type { FeatureSpec } from "../task/feature-spec.js";
import { encodeFeature } from "./encode-feature.js";
import { featureColumns } from "./feature-width.js";
import type { Features } from "./item.js";

/** Writes all modalities, one behind the other, into zeroed columns; `id` is the item's own. */
export function encodeFeatures(
  specs: readonly FeatureSpec[],
  features: Features,
  columns: Float32Array,
  id = "",
): void {
  let first = 0;
  for (const spec of specs) {
    const next = first + featureColumns(spec);
    encodeFeature(spec, spec.kind === "id" ? id : features[spec.name], columns.subarray(first, next));
    first = next;
  }
}
