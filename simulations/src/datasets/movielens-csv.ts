import type { Item } from "@tacit/shared";
import type { BadRows } from "./bad-rows.js";
import { readRecords } from "./delimited.js";
import { film } from "./film.js";
import type { Layout, RawInteraction } from "./layout.js";
import { ratingRow } from "./rating-row.js";

const COMMAS = { delimiter: ",", quoted: true } as const;

/** MovieLens latest, 20M and later, as published: ratings.csv and movies.csv with headers. These come without users. */
export const movielensCsv: Layout = {
  name: "MovieLens latest (ratings.csv, movies.csv)",
  find: (names) =>
    names.includes("ratings.csv")
      ? { interactions: "ratings.csv", ...(names.includes("movies.csv") && { items: "movies.csv" }) }
      : undefined,

  async *interactions(path: string, bad: BadRows): AsyncGenerator<RawInteraction> {
    for await (const { line, values } of readRecords(path, COMMAS, bad)) {
      const fields = ["userid", "movieid", "rating", "timestamp"].map((name) => values.get(name));
      const row = ratingRow(fields, { path, line }, bad);
      if (row) yield row;
    }
  },

  async *items(path: string, bad: BadRows): AsyncGenerator<Item> {
    for await (const { line, values } of readRecords(path, COMMAS, bad)) {
      bad.rows++;
      const [id, title] = [values.get("movieid"), values.get("title")];
      if (!id || title === undefined) bad.add(path, line, "no movieId or title");
      else yield film(id, title, (values.get("genres") ?? "").split("|"));
    }
  },

  async *users() {},
};
