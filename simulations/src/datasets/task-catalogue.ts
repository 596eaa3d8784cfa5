import { type Catalogue, createCatalogue, type Item, type Relation, type TaskSpec } from "@tacit/shared";
import { RefusedError } from "../refused-error.js";

/**
 * The items as a task reads them, with the relations that its encoder follows.
 * @throws RefusedError for one that links nothing: there would be no neighbours to learn from.
 */
export function taskCatalogue(
  { catalogue: { features, relations: names }, model }: Pick<TaskSpec, "catalogue" | "model">,
  items: readonly Item[],
  relations: readonly Relation[] = [],
): Catalogue {
  if (!names || model.itemEncoder !== "graph") return createCatalogue(features, items);
  const known = new Set(relations.map(({ relation }) => relation));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    const why = relations.length === 0 ? "these items have no relations" : "no such relation in the .kg file";
    throw new RefusedError(`catalogue.relations: ${unknown}: ${why}`);
  }
  return createCatalogue(features, items, { names, relations });
}
