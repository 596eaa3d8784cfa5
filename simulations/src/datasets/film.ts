import type { FeatureSpec, Item } from "@tacit/shared";

/** A film's public features. The year in brackets at the end of a MovieLens title is cut off. */
export function film(id: string, title: string, genres: readonly string[], year?: number): Item {
  const dated = /^(.*)\((\d{4})\)\s*$/.exec(title);
  const known = genres.filter(
    (genre) => genre !== "" && genre !== "(no genres listed)" && genre !== "unknown",
  );
  const when = year !== undefined && Number.isFinite(year) ? year : dated ? Number(dated[2]) : null;
  return {
    id,
    features: {
      genre: known.length > 0 ? known : null,
      year: when,
      era: when === null ? null : era(when),
      title: (dated?.[1] ?? title).trim() || null,
    },
  };
}

const TITLE_BUCKETS = 8;
const ERAS = ["before 1960", "1960s", "1970s", "1980s", "1990s", "2000s", "2010s", "2020s"];

/** The decade; taste for an era is not linear in the year. */
export function era(year: number): string {
  return year < 1960 ? "before 1960" : `${Math.min(2020, Math.floor(year / 10) * 10)}s`;
}

/** The catalogue schema of these films: only values that occur get columns. */
export function filmFeatures(films: readonly Item[]): FeatureSpec[] {
  const genres = new Set<string>();
  const eras = new Set<unknown>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { features } of films) {
    if (Array.isArray(features.genre)) for (const genre of features.genre) genres.add(String(genre));
    eras.add(features.era);
    if (typeof features.year === "number") {
      first = Math.min(first, features.year);
      last = Math.max(last, features.year);
    }
  }
  const schema: FeatureSpec[] = [];
  if (genres.size > 0)
    schema.push({ name: "genre", kind: "categorical", values: [...genres].sort(), buckets: 0 });
  if (last > first) {
    schema.push({ name: "year", kind: "numeric", minimum: first, maximum: last, scale: "linear" });
    schema.push({
      name: "era",
      kind: "categorical",
      values: ERAS.filter((name) => eras.has(name)),
      buckets: 0,
    });
  }
  schema.push({ name: "title", kind: "text", buckets: TITLE_BUCKETS });
  return schema;
}
