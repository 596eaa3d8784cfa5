import {
  type Catalogue,
  canonicalJson,
  createCatalogue,
  type Item,
  type Relation,
  type TaskSpec,
} from "@tacit/shared";

type ByList = WeakMap<readonly object[], Map<string, Catalogue>>;
const encoded = new WeakMap<readonly Item[], ByList>();

/** Encodes the items once for all recommenders of this process that were given the same arrays and schema. */
export function encodedCatalogue(
  items: readonly Item[],
  relations: readonly Relation[] | undefined,
  { catalogue: { features, relations: names } }: TaskSpec,
): Catalogue {
  const schema = canonicalJson({ features, names });
  const byRelations: ByList = encoded.get(items) ?? new WeakMap();
  encoded.set(items, byRelations);
  const bySchema = byRelations.get(relations ?? items) ?? new Map<string, Catalogue>();
  byRelations.set(relations ?? items, bySchema);
  const graph = names && { names, relations: relations ?? [] };
  const catalogue = bySchema.get(schema) ?? createCatalogue(features, items, graph);
  bySchema.set(schema, catalogue);
  return catalogue;
}
