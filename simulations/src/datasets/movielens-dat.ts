import type { Item } from "@tacit/shared";
import type { BadRows } from "./bad-rows.js";
import { readRows } from "./delimited.js";
import { film } from "./film.js";
import type { Layout, RawInteraction, RawUser } from "./layout.js";
import { ratingRow } from "./rating-row.js";

const COLONS = { delimiter: "::", encoding: "latin1" } as const;

/** MovieLens 1M and 10M as published: ratings.dat, movies.dat and users.dat, "::" between fields, Latin-1, no headers. */
export const movielensDat: Layout = {
  name: "MovieLens 1M/10M (ratings.dat, movies.dat)",
  find: (names) =>
    names.includes("ratings.dat")
      ? {
          interactions: "ratings.dat",
          ...(names.includes("movies.dat") && { items: "movies.dat" }),
          ...(names.includes("users.dat") && { users: "users.dat" }),
        }
      : undefined,

  async *interactions(path: string, bad: BadRows): AsyncGenerator<RawInteraction> {
    for await (const { line, fields } of readRows(path, COLONS, bad)) {
      const row = ratingRow(fields, { path, line }, bad);
      if (row) yield row;
    }
  },

  async *items(path: string, bad: BadRows): AsyncGenerator<Item> {
    for await (const { line, fields } of readRows(path, COLONS, bad)) {
      bad.rows++;
      const [id, title, genres] = fields;
      if (!id || title === undefined) bad.add(path, line, "no item id or title");
      else yield film(id, title, (genres ?? "").split("|"));
    }
  },

  async *users(path: string, bad: BadRows): AsyncGenerator<RawUser> {
    for await (const { line, fields } of readRows(path, COLONS, bad)) {
      bad.rows++;
      const [id, gender, age, occupation] = fields;
      if (!id) bad.add(path, line, "no user id");
      else {
        yield {
          id,
          features: { age: age ? Number(age) : null, gender: gender || null, occupation: occupation || null },
        };
      }
    }
  },
};
