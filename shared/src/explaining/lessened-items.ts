import { absentFeature } from "../catalogue/absent-feature.js";
import type { ItemViews, ViewedCatalogue } from "../learning/item-views.js";
import type { TaskSpec } from "../task/task-spec.js";
import { itemRows } from "./item-rows.js";

/** What an item can be without. */
type ItemPart =
  | { readonly kind: "feature"; readonly feature: string; readonly id: boolean }
  | { readonly kind: "relation"; readonly relation: string };

interface LessenedItems {
  /** The item itself, and behind it the item without each of `parts`. */
  readonly items: ItemViews;
  readonly parts: readonly ItemPart[];
}

/** How many rows there are of an item and what it is without one part each. */
export const lessenedCount = (task: TaskSpec): number =>
  1 + task.catalogue.features.length + relationsOf(task).length;

const relationsOf = ({ catalogue, model }: TaskSpec): readonly string[] =>
  model.itemEncoder === "graph" && !model.layers ? (catalogue.relations ?? []) : [];

/** An item as its task's item encoder sees it, without one of its features or the neighbours of one relation at a time. */
export function lessenedItems(task: TaskSpec, catalogue: ViewedCatalogue, item: number): LessenedItems {
  const { features } = task.catalogue;
  const relations = relationsOf(task);
  const items = itemRows(catalogue, new Array<number>(lessenedCount(task)).fill(item));
  const modalities = task.model.itemEncoder === "gated-fusion" && !task.model.layers;
  // An item's row is divided by the root of the number of its modalities, which its constant column says.
  const weight = catalogue.features[item * catalogue.width] ?? 0;
  let first = 1;
  for (const [place, spec] of features.entries()) {
    const absent = absentFeature(spec).map((cell) => cell * weight);
    if (modalities) replace(items, { row: 1 + place, view: place, first: 0, cells: absent, present: false });
    else replace(items, { row: 1 + place, view: 0, first, cells: absent, present: true });
    first += absent.length;
  }
  for (const place of relations.keys()) {
    const row = 1 + features.length + place;
    for (const view of [1 + 2 * place, 2 + 2 * place]) {
      const cells = new Float32Array(catalogue.width);
      replace(items, { row, view, first: 0, cells, present: false });
    }
  }
  return {
    items,
    parts: [
      ...features.map(({ name, kind }) => ({ kind: "feature", feature: name, id: kind === "id" }) as const),
      ...relations.map((relation) => ({ kind: "relation", relation }) as const),
    ],
  };
}

interface Replacement {
  readonly row: number;
  readonly view: number;
  readonly first: number;
  readonly cells: Float32Array;
  readonly present: boolean;
}

function replace(
  { views, present: flags }: ItemViews,
  { row, view, first, cells, present }: Replacement,
): void {
  const { width = 0, features } = views[view] ?? {};
  features?.set(cells, row * width + first);
  if (flags && !present) flags[row * views.length + view] = 0;
}
