import type { Catalogue } from "../catalogue/catalogue.js";
import { type SparseRows, sparseRows } from "../catalogue/sparse-rows.js";
import type { ViewShape } from "../network/item-view.js";
import type { TaskSpec } from "../task/task-spec.js";

/** A catalogue's rows as a network takes them. */
interface ItemView {
  readonly width: number;
  /** Size × width. */
  readonly features: Float32Array;
  /** Where few enough cells are not zero. */
  readonly entries?: SparseRows;
}

/** A catalogue with what its task's item encoder sees of each item. */
export interface ViewedCatalogue extends Catalogue {
  readonly views: readonly ItemView[];
}

/** One entry costs about as much as so many cells of a dense row (`npm run bench -- engines`). */
const CELLS_AN_ENTRY = 8;
const known = new WeakMap<Float32Array, SparseRows>();

export function viewedCatalogue({ model }: TaskSpec, catalogue: Catalogue): ViewedCatalogue {
  const { features, width } = catalogue;
  const entries = known.get(features) ?? sparseRows(features, width);
  known.set(features, entries);
  const pays = !model.layers && entries.most * CELLS_AN_ENTRY <= width;
  return { ...catalogue, views: [{ width, features, ...(pays && { entries }) }] };
}

export const viewShapes = ({ views }: ViewedCatalogue): readonly ViewShape[] =>
  views.map(({ width, entries }) => ({ columns: width, ...(entries && { most: entries.most }) }));
