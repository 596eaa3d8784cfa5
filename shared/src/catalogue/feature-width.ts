import type { FeatureSpec } from "../task/feature-spec.js";

/** Columns of one modality. A numeric one has a second column that says "missing". */
export function featureColumns(spec: FeatureSpec): number {
  switch (spec.kind) {
    case "numeric":
      return 2;
    case "categorical":
      return spec.values.length + spec.buckets;
    case "text":
    case "id":
      return spec.buckets;
    case "vector":
      return spec.length;
  }
}

/** F: the columns of all modalities and a constant one, which is the first. */
export function featureWidth(specs: readonly FeatureSpec[]): number {
  return specs.reduce((sum, spec) => sum + featureColumns(spec), 1);
}
