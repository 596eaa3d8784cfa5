import type { Catalogue } from "@tacit/shared";

/** A catalogue as threads pass it on: the features in memory that they share. */
export type SharedCatalogue = Pick<Catalogue, "size" | "width" | "ids" | "features" | "neighbours">;

export function shareCatalogue({ size, width, ids, features, neighbours }: Catalogue): SharedCatalogue {
  const shared = new Float32Array(new SharedArrayBuffer(features.byteLength));
  shared.set(features);
  return { size, width, ids, features: shared, ...(neighbours && { neighbours }) };
}

export function catalogueFrom(shared: SharedCatalogue): Catalogue {
  const rows = new Map(shared.ids.map((id, row) => [id, row]));
  return { ...shared, index: (id) => rows.get(id) };
}
