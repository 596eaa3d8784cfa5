import type { FeatureSpec } from "../task/feature-spec.js";
import { encodeFeatures } from "./encode-features.js";
import { featureWidth } from "./feature-width.js";
import type { Item } from "./item.js";

/** Items as rows of features. The network's size depends on the width only, never on how many items there are. */
export interface Catalogue {
  readonly size: number;
  /** F */
  readonly width: number;
  readonly ids: readonly string[];
  /** size × F, row-major. */
  readonly features: Float32Array;
  /** The row of an item, undefined if it is not in the catalogue. */
  index(id: string): number | undefined;
}

/**
 * Encodes every item by the task's schema. Of items with one id the last counts. Modalities weigh the same: each has
 * norm at most 1, and the whole row is divided by the root of their number.
 */
export function createCatalogue(specs: readonly FeatureSpec[], items: Iterable<Item>): Catalogue {
  const unique = new Map<string, Item>();
  for (const item of items) unique.set(item.id, item);
  const width = featureWidth(specs);
  const features = new Float32Array(unique.size * width);
  const weight = 1 / Math.sqrt(specs.length + 1);
  const rows = new Map<string, number>();
  for (const item of unique.values()) {
    const row = features.subarray(rows.size * width, (rows.size + 1) * width);
    rows.set(item.id, rows.size);
    row[0] = 1;
    encodeFeatures(specs, item.features, row.subarray(1));
    for (const [column, value] of row.entries()) row[column] = value * weight;
  }
  return { size: rows.size, width, ids: [...rows.keys()], features, index: (id) => rows.get(id) };
}
