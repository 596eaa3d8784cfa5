import type { Catalogue } from "../catalogue/catalogue.js";
import { denseRows, type SparseRows, sparseRows } from "../catalogue/sparse-rows.js";
import type { ViewShape } from "../network/item-view.js";
import { networkShape } from "../network/network-shape.js";
import type { TaskSpec } from "../task/task-spec.js";
import { itemBuckets } from "./prior/item-buckets.js";

/** A catalogue's rows as a network takes them: as entries where few enough cells are not zero, else as cells. */
export interface ItemView {
  readonly width: number;
  /** Size × width. */
  readonly features: Float32Array;
  readonly entries?: SparseRows;
}

/** Items as an item encoder sees them. */
export interface ItemViews {
  readonly views: readonly ItemView[];
  /** Size × views: 1 where an item has something to see in that way. */
  readonly present?: Float32Array;
  /** Size × `BUCKETS_AN_ITEM`: of the item prior; there in tasks that have one. */
  readonly buckets?: Int32Array;
}

/** A catalogue with what its task's item encoder sees of each item. */
export interface ViewedCatalogue extends Catalogue, ItemViews {}

/** One entry costs about as much as so many cells of a dense row. */
const CELLS_AN_ENTRY = 8;
const NO_CELLS = new Float32Array();
const known = new WeakMap<Float32Array, Map<string, ItemViews>>();

/** Finds them once for a catalogue and an item encoder. */
export function viewedCatalogue(task: TaskSpec, catalogue: Catalogue): ViewedCatalogue {
  const name = task.model.layers ? "layers" : (task.model.itemEncoder ?? "two-tower");
  const byName = known.get(catalogue.features) ?? new Map<string, ItemViews>();
  known.set(catalogue.features, byName);
  const views = byName.get(name) ?? viewsOf(task, catalogue);
  byName.set(name, views);
  const { prior } = task.model;
  return { ...catalogue, ...views, ...(prior && { buckets: itemBuckets(catalogue, prior.buckets) }) };
}

export const viewShapes = ({ views }: ViewedCatalogue): readonly ViewShape[] =>
  views.map(({ width, entries }) => ({ columns: width, ...(entries && { most: entries.most }) }));

function viewsOf(task: TaskSpec, catalogue: Catalogue): ItemViews {
  const { width, features, neighbours = [] } = catalogue;
  const { model } = task;
  if (model.layers) return { views: [{ width, features }] };
  if (model.itemEncoder === "gated-fusion") return modalityViews(task, catalogue);
  const own = viewOfCells(features, width);
  if (model.itemEncoder !== "graph") return { views: [own] };
  const relations = networkShape(task).views?.length ?? 1;
  const rows = Array.from({ length: relations - 1 }, (_, i) => neighbours[i] ?? noRows(catalogue.size));
  const present = new Float32Array(catalogue.size * relations);
  for (let item = 0; item < catalogue.size; item++) {
    present[item * relations] = 1;
    for (const [i, { starts }] of rows.entries()) {
      if ((starts[item] ?? 0) < (starts[item + 1] ?? 0)) present[item * relations + i + 1] = 1;
    }
  }
  return { views: [own, ...rows.map((entries) => viewOfEntries(entries, width))], present };
}

function modalityViews(task: TaskSpec, { size, width, features }: Catalogue): ItemViews {
  const { modalities = [] } = networkShape(task);
  const present = new Float32Array(size * modalities.length);
  const views = modalities.map(({ kind, first, columns }, m) => {
    const cells = new Float32Array(size * columns);
    for (let item = 0; item < size; item++) {
      const row = features.subarray(item * width + first, item * width + first + columns);
      cells.set(row, item * columns);
      // The second column of a number says that it is missing.
      const there = kind === "numeric" ? row[1] === 0 : row.some((cell) => cell !== 0);
      if (there) present[item * modalities.length + m] = 1;
    }
    return viewOfCells(cells, columns);
  });
  return { views, present };
}

const noRows = (size: number): SparseRows => ({
  starts: new Int32Array(size + 1),
  columns: new Int32Array(),
  values: new Float32Array(),
  most: 0,
});

const pays = ({ most }: SparseRows, width: number) => most * CELLS_AN_ENTRY <= width;

function viewOfCells(features: Float32Array, width: number): ItemView {
  const entries = sparseRows(features, width);
  return { width, features, ...(entries.most > 0 && pays(entries, width) && { entries }) };
}

function viewOfEntries(entries: SparseRows, width: number): ItemView {
  if (!pays(entries, width)) return { width, features: denseRows(entries, width) };
  // Rows of no entries at all would be a matrix of no columns.
  return { width, features: NO_CELLS, entries: { ...entries, most: Math.max(1, entries.most) } };
}
