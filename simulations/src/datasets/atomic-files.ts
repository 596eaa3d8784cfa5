import type { Item } from "@tacit/shared";
import type { BadRows } from "./bad-rows.js";
import { readRecords } from "./delimited.js";
import { film } from "./film.js";
import type { Layout, RawInteraction, RawUser } from "./layout.js";
import { ratingRow } from "./rating-row.js";

const TABS = { delimiter: "\t" } as const;
/** Header fields are `name:type`. */
const untyped = (field: string) => field.replace(/:.*$/, "");
const withEnding = (names: readonly string[], ending: string) => names.find((name) => name.endsWith(ending));

/** MovieLens as RecBole's atomic files: .inter, .item and .user, tab separated under a typed header. */
export const atomicFiles: Layout = {
  name: "atomic files (.inter, .item)",
  find(names) {
    const interactions = withEnding(names, ".inter");
    if (interactions === undefined) return undefined;
    const [items, users] = [withEnding(names, ".item"), withEnding(names, ".user")];
    return { interactions, ...(items && { items }), ...(users && { users }) };
  },

  async *interactions(path: string, bad: BadRows): AsyncGenerator<RawInteraction> {
    for await (const { line, values } of readRecords(path, TABS, bad, untyped)) {
      const fields = ["user_id", "item_id", "rating", "timestamp"].map((name) => values.get(name));
      const row = ratingRow(fields, { path, line }, bad);
      if (row) yield row;
    }
  },

  async *items(path: string, bad: BadRows): AsyncGenerator<Item> {
    for await (const { line, values } of readRecords(path, TABS, bad, untyped)) {
      bad.rows++;
      const id = values.get("item_id");
      if (!id) {
        bad.add(path, line, "no item id");
        continue;
      }
      const genres = (values.get("class") ?? values.get("genre") ?? values.get("genres") ?? "").split(/[ |]/);
      const year = values.get("release_year");
      yield film(id, values.get("movie_title") ?? "", genres, year ? Number(year) : undefined);
    }
  },

  async *users(path: string, bad: BadRows): AsyncGenerator<RawUser> {
    for await (const { line, values } of readRecords(path, TABS, bad, untyped)) {
      bad.rows++;
      const id = values.get("user_id");
      if (!id) {
        bad.add(path, line, "no user id");
        continue;
      }
      const age = values.get("age");
      yield {
        id,
        features: {
          age: age ? Number(age) : null,
          gender: values.get("gender") || null,
          occupation: values.get("occupation") || null,
        },
      };
    }
  },
};
