import { type Catalogue, canonicalJson, createCatalogue, type Item, type TaskSpec } from "@tacit/shared";

const encoded = new WeakMap<readonly Item[], Map<string, Catalogue>>();

/** Encodes the items once for all recommenders of this process that were given the same array and schema. */
export function encodedCatalogue(items: readonly Item[], { catalogue: { features } }: TaskSpec): Catalogue {
  const schema = canonicalJson(features);
  const bySchema = encoded.get(items) ?? new Map<string, Catalogue>();
  encoded.set(items, bySchema);
  const catalogue = bySchema.get(schema) ?? createCatalogue(features, items);
  bySchema.set(schema, catalogue);
  return catalogue;
}
