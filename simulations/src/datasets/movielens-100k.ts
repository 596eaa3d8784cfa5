import type { Item } from "@tacit/shared";
import type { BadRows } from "./bad-rows.js";
import { readRows } from "./delimited.js";
import { film } from "./film.js";
import type { Layout, RawInteraction, RawUser } from "./layout.js";
import { ratingRow } from "./rating-row.js";

/** The 19 flags at the end of a u.item row, in u.genre's order. */
const GENRES = [
  "unknown",
  "Action",
  "Adventure",
  "Animation",
  "Children's",
  "Comedy",
  "Crime",
  "Documentary",
  "Drama",
  "Fantasy",
  "Film-Noir",
  "Horror",
  "Musical",
  "Mystery",
  "Romance",
  "Sci-Fi",
  "Thriller",
  "War",
  "Western",
];

/** MovieLens 100K as published: u.data (tab separated), u.item and u.user (bars, Latin-1). No headers. */
export const movielens100k: Layout = {
  name: "MovieLens 100K (u.data, u.item)",
  find: (names) =>
    names.includes("u.data")
      ? {
          interactions: "u.data",
          ...(names.includes("u.item") && { items: "u.item" }),
          ...(names.includes("u.user") && { users: "u.user" }),
        }
      : undefined,

  async *interactions(path: string, bad: BadRows): AsyncGenerator<RawInteraction> {
    for await (const { line, fields } of readRows(path, { delimiter: "\t" }, bad)) {
      const row = ratingRow(fields, { path, line }, bad);
      if (row) yield row;
    }
  },

  async *items(path: string, bad: BadRows): AsyncGenerator<Item> {
    for await (const { line, fields } of readRows(path, { delimiter: "|", encoding: "latin1" }, bad)) {
      bad.rows++;
      const [id, title, released] = fields;
      if (!id || title === undefined) {
        bad.add(path, line, "no item id or title");
        continue;
      }
      const flags = fields.slice(5);
      const genres = GENRES.filter((_, index) => flags[index] === "1");
      const year = /(\d{4})$/.exec(released ?? "")?.[1];
      yield film(id, title, genres, year === undefined ? undefined : Number(year));
    }
  },

  async *users(path: string, bad: BadRows): AsyncGenerator<RawUser> {
    for await (const { line, fields } of readRows(path, { delimiter: "|", encoding: "latin1" }, bad)) {
      bad.rows++;
      const [id, age, gender, occupation] = fields;
      if (!id) {
        bad.add(path, line, "no user id");
        continue;
      }
      yield {
        id,
        features: { age: age ? Number(age) : null, gender: gender || null, occupation: occupation || null },
      };
    }
  },
};
