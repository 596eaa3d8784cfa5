import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { FeatureSpec, Item } from "@tacit/shared";
import { era } from "../datasets/film.js";

/** Columns of vega-datasets' movies.json that are used. Titles are not always strings there (`300`, `1776`). */
interface Row {
  readonly Title: string | number | null;
  readonly "Production Budget": number | null;
  readonly "Release Date": string;
  readonly "MPAA Rating": string | null;
  readonly Source: string | null;
  readonly "Major Genre": string | null;
  readonly "Creative Type": string | null;
  readonly Director: string | null;
  readonly "Rotten Tomatoes Rating": number | null;
  readonly "IMDB Rating": number | null;
  readonly "IMDB Votes": number | null;
}

/** One film of the default catalogue: public facts only. */
export interface Film {
  readonly id: string;
  readonly title: string;
  readonly genre: string | null;
  readonly creativeType: string | null;
  readonly source: string | null;
  readonly mpaa: string | null;
  readonly director: string | null;
  readonly year: number | null;
  readonly era: string | null;
  readonly budget: number | null;
  readonly votes: number | null;
  readonly imdb: number | null;
  readonly rottenTomatoes: number | null;
}

/** The package exports its data as URLs to fetch; the file itself lies beside its entry point, at this path. */
export const moviesFile = (entry: string): URL => new URL("../data/movies.json", pathToFileURL(entry));

/** About 3,200 films, in the order of the package. */
export function readFilms(): Film[] {
  const entry = createRequire(import.meta.url).resolve("vega-datasets");
  const rows: readonly Row[] = JSON.parse(readFileSync(moviesFile(entry), "utf8"));
  return rows.map((row, index) => {
    const year = releaseYear(row["Release Date"]);
    return {
      id: `film-${index}`,
      title: String(row.Title ?? ""),
      genre: row["Major Genre"],
      creativeType: row["Creative Type"],
      source: row.Source,
      mpaa: row["MPAA Rating"],
      director: row.Director,
      year,
      era: year === null ? null : era(year),
      budget: row["Production Budget"],
      votes: row["IMDB Votes"],
      imdb: row["IMDB Rating"],
      rottenTomatoes: row["Rotten Tomatoes Rating"],
    };
  });
}

/** Two-digit years of the source were expanded into the future: a film of "2046" is one of 1946. */
function releaseYear(date: string): number | null {
  const year = Number(/(\d{4})$/.exec(date)?.[1] ?? Number.NaN);
  if (!Number.isFinite(year)) return null;
  return year > 2011 ? year - 100 : year;
}

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value) => value !== null))].sort();

const DIRECTOR_BUCKETS = 4;

export function filmCatalogueFeatures(films: readonly Film[]): FeatureSpec[] {
  const oneOf = (name: string, values: string[], buckets = 0): FeatureSpec => ({
    name,
    kind: "categorical",
    values,
    buckets,
  });
  return [
    oneOf("genre", distinct(films.map(({ genre }) => genre))),
    oneOf("creativeType", distinct(films.map(({ creativeType }) => creativeType))),
    oneOf("era", distinct(films.map((film) => film.era))),
    oneOf(
      "source",
      ["Original Screenplay", "Based on Book/Short Story", "Based on Real Life Events", "Remake"],
      1,
    ),
    oneOf("mpaa", ["G", "PG", "PG-13", "R"], 1),
    oneOf("director", [], DIRECTOR_BUCKETS),
    { name: "votes", kind: "numeric", minimum: 0, maximum: 600_000, scale: "log" },
    { name: "imdb", kind: "numeric", minimum: 1, maximum: 10, scale: "linear" },
    { name: "rottenTomatoes", kind: "numeric", minimum: 0, maximum: 100, scale: "linear" },
    { name: "budget", kind: "numeric", minimum: 0, maximum: 300_000_000, scale: "log" },
  ];
}

/** Every fact: a task takes the features that it names. */
export function filmItem({ id, ...features }: Film): Item {
  return { id, features };
}
