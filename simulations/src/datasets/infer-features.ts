import type { FeatureSpec, Item } from "@tacit/shared";

/** More distinct values than this are text rather than categories. */
const MOST_CATEGORIES = 48;
const TEXT_BUCKETS = 16;
const ID_BUCKETS = 32;

const BY_ID: FeatureSpec = { name: "id", kind: "categorical", values: [], buckets: ID_BUCKETS };

/**
 * A catalogue schema where nobody gave one, and the items as it reads them. Where no column of `described` is of use, items are
 * told apart by hashed ids, which is little but not nothing.
 */
export function inferredCatalogue(
  described: readonly Item[],
  items: readonly Item[],
): { readonly features: readonly FeatureSpec[]; readonly items: readonly Item[] } {
  const features = inferFeatures(described);
  if (features.length > 0) return { features, items };
  return {
    features: [BY_ID],
    items: items.map(({ id, features: own }) => ({ id, features: { ...own, [BY_ID.name]: id } })),
  };
}

/**
 * Columns of numbers are numeric, a few distinct values are categories, anything else is text; what is nowhere, or one number
 * everywhere, is no feature.
 */
function inferFeatures(items: readonly Item[]): FeatureSpec[] {
  const names = new Set(items.flatMap(({ features }) => Object.keys(features)));
  return [...names].flatMap((name) => {
    const values = items.flatMap(({ features }) => features[name] ?? []);
    const numbers = values.filter((value) => typeof value === "number");
    if (values.length === 0) return [];
    if (numbers.length === values.length) return numeric(name, numbers);
    const distinct = [...new Set(values.map(String))].sort();
    return distinct.length <= MOST_CATEGORIES
      ? [{ name, kind: "categorical" as const, values: distinct, buckets: 0 }]
      : [{ name, kind: "text" as const, buckets: TEXT_BUCKETS }];
  });
}

function numeric(name: string, numbers: readonly number[]): FeatureSpec[] {
  const minimum = numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
  const maximum = numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY);
  const scale = minimum >= 0 && maximum > 1000 ? "log" : "linear";
  return maximum > minimum ? [{ name, kind: "numeric", minimum, maximum, scale }] : [];
}
