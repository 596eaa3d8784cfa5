import type { FeatureSpec } from "../task/feature-spec.js";
import { encodeFeatures } from "./encode-features.js";
import { featureWidth } from "./feature-width.js";
import type { Item } from "./item.js";
import { neighbours } from "./neighbours.js";
import type { Relation } from "./relation.js";
import type { SparseRows } from "./sparse-rows.js";

/** Items as rows of features. The network's size depends on the width only, never on how many items there are. */
export interface Catalogue {
  readonly size: number;
  /** F */
  readonly width: number;
  readonly ids: readonly string[];
  /** size × F, row-major. */
  readonly features: Float32Array;
  /** The features of each item's neighbours, one and two steps away by each relation in turn; for graph encoders. */
  readonly neighbours?: readonly SparseRows[];
  /** The row of an item, undefined if it is not in the catalogue. */
  index(id: string): number | undefined;
}

interface Graph {
  /** In the task's order. */
  readonly names: readonly string[];
  readonly relations: readonly Relation[];
}

/**
 * Encodes every item by the task's schema. Of items with one id the last counts. Modalities weigh the same: each has
 * norm at most 1, and the whole row is divided by the root of their number.
 */
export function createCatalogue(
  specs: readonly FeatureSpec[],
  items: Iterable<Item>,
  graph?: Graph,
): Catalogue {
  const unique = new Map<string, Item>();
  for (const item of items) unique.set(item.id, item);
  const width = featureWidth(specs);
  const features = new Float32Array(unique.size * width);
  const rows = new Map<string, number>();
  for (const item of unique.values()) {
    const row = features.subarray(rows.size * width, (rows.size + 1) * width);
    rows.set(item.id, rows.size);
    encodeRow(specs, item, row);
  }
  const catalogue = {
    size: rows.size,
    width,
    ids: [...rows.keys()],
    features,
    index: (id: string) => rows.get(id),
  };
  return graph ? { ...catalogue, neighbours: neighboursOf(specs, catalogue, graph) } : catalogue;
}

function encodeRow(
  specs: readonly FeatureSpec[],
  { id, features }: Pick<Item, "id"> & Partial<Item>,
  row: Float32Array,
): void {
  const weight = 1 / Math.sqrt(specs.length + 1);
  row[0] = 1;
  encodeFeatures(specs, features, row.subarray(1), id);
  for (let column = 0; column < row.length; column++) row[column] = (row[column] ?? 0) * weight;
}

/** What is no item of its own has an id, and no other feature. */
function neighboursOf(specs: readonly FeatureSpec[], catalogue: Catalogue, graph: Graph): SparseRows[] {
  const { width, size, features: all } = catalogue;
  const features = Array.from({ length: size }, (_, row) =>
    entriesOf(all.subarray(row * width, (row + 1) * width)),
  );
  const others = new Map<string, number>();
  const index = (id: string) => {
    const known = catalogue.index(id) ?? others.get(id);
    if (known !== undefined) return known;
    const row = new Float32Array(width);
    encodeRow(specs, { id }, row);
    others.set(id, features.length);
    return features.push(entriesOf(row)) - 1;
  };
  for (const { head, tail } of graph.relations) for (const id of [head, tail]) index(id);
  return neighbours({ features, index, items: size }, graph.names, graph.relations);
}

/** Without the constant: that somebody has neighbours says nothing. */
function entriesOf(row: Float32Array): Map<number, number> {
  const entries = new Map<number, number>();
  for (const [column, value] of row.entries()) if (column > 0 && value !== 0) entries.set(column, value);
  return entries;
}
