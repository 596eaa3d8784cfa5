import type { FeatureSpec } from "../task/feature-spec.js";
import { encodeFeature } from "./encode-feature.js";
import { featureColumns } from "./feature-width.js";

/** The columns of a modality of which nothing is told. */
export function absentFeature(spec: FeatureSpec): Float32Array {
  const columns = new Float32Array(featureColumns(spec));
  // "undefined" would be an id like any other.
  if (spec.kind !== "id") encodeFeature(spec, undefined, columns);
  return columns;
}
