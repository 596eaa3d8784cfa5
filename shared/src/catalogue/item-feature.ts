import type { FeatureSpec } from "../task/feature-spec.js";
import type { Catalogue } from "./catalogue.js";
import { featureColumns } from "./feature-width.js";

/** Columns of one named feature in a catalogue's rows; undefined where the schema has none of that name. */
function columnsOf(
  specs: readonly FeatureSpec[],
  name: string,
): { readonly spec: FeatureSpec; readonly first: number; readonly columns: number } | undefined {
  let first = 1;
  for (const spec of specs) {
    const columns = featureColumns(spec);
    if (spec.name === name) return { spec, first, columns };
    first += columns;
  }
  return undefined;
}

/** Which values of a categorical feature an item has, as columns from 0; those in one hash bucket count as one value. */
export function categoriesOf(
  specs: readonly FeatureSpec[],
  { features, width }: Pick<Catalogue, "features" | "width">,
  name: string,
  row: number,
): number[] {
  const found = columnsOf(specs, name);
  if (!found) return [];
  const from = row * width + found.first;
  return Array.from({ length: found.columns }, (_, column) => column).filter(
    (column) => (features[from + column] ?? 0) !== 0,
  );
}

/** A numeric feature's value, within its minimum and maximum; undefined where it is missing. */
export function numberOf(
  specs: readonly FeatureSpec[],
  { features, width }: Pick<Catalogue, "features" | "width">,
  name: string,
  row: number,
): number | undefined {
  const found = columnsOf(specs, name);
  if (found?.spec.kind !== "numeric") return undefined;
  const { minimum, maximum, scale } = found.spec;
  const from = row * width + found.first;
  if ((features[from + 1] ?? 0) !== 0) return undefined;
  const part = (features[from] ?? 0) * Math.sqrt(specs.length + 1);
  const whole = maximum - minimum;
  return minimum + (scale === "log" ? Math.expm1(part * Math.log1p(whole)) : part * whole);
}
