import type { FeatureSpec } from "../task/feature-spec.js";
import { encodeFeature } from "./encode-feature.js";
import { featureColumns } from "./feature-width.js";
import type { Features } from "./item.js";

/**
 * Writes all modalities, one behind the other, into zeroed columns; `id` is the item's own. Of what is no item, and could have
 * no features, the id alone.
 */
export function encodeFeatures(
  specs: readonly FeatureSpec[],
  features: Features | undefined,
  columns: Float32Array,
  id = "",
): void {
  let first = 0;
  for (const spec of specs) {
    const next = first + featureColumns(spec);
    const own = columns.subarray(first, next);
    if (spec.kind === "id") encodeFeature(spec, id, own);
    else if (features) encodeFeature(spec, features[spec.name], own);
    first = next;
  }
}
