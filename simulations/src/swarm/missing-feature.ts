import type { FeatureSpec, FeatureValue, Item } from "@tacit/shared";

/** The first of a task's features that no item has a value for, in words; undefined when the items fit. */
export function missingFeature(features: readonly FeatureSpec[], items: readonly Item[]): string | undefined {
  for (const [index, feature] of features.entries()) {
    if (items.some((item) => isUsable(feature, item.features[feature.name]))) continue;
    return `catalogue.features.${index}: no item has a ${feature.kind} feature "${feature.name}"`;
  }
  return undefined;
}

/** Whether the value can be encoded as the task wants it. */
function isUsable(feature: FeatureSpec, value: FeatureValue): boolean {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  switch (feature.kind) {
    case "numeric":
      return typeof value === "number" && Number.isFinite(value);
    case "categorical":
    case "text":
      return parts.some((part) => typeof part === "string");
    case "id":
      return true;
    case "vector":
      return (
        Array.isArray(value) &&
        value.length === feature.length &&
        parts.every((part) => typeof part === "number")
      );
  }
}
