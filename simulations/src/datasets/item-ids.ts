import type { FeatureSpec } from "@tacit/shared";
import type { Dataset } from "./dataset.js";

/** Columns that a categorical feature may have. */
const MOST_COLUMNS = 4096;
const FEATURE = "item id";

/**
 * The data set with each item's id among its features, so that items can be told apart that are described alike: one
 * column an item while there are no more than 4,096, hashed ones beyond.
 */
export function itemIds(dataset: Dataset): Dataset {
  const items = dataset.items.map(({ id, features }) => ({ id, features: { ...features, [FEATURE]: id } }));
  const ids = items.map(({ id }) => id);
  const spec: FeatureSpec = {
    name: FEATURE,
    kind: "categorical",
    ...(ids.length <= MOST_COLUMNS ? { values: ids, buckets: 0 } : { values: [], buckets: MOST_COLUMNS }),
  };
  return { ...dataset, items, features: [...dataset.features, spec] };
}
