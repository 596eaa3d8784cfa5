import type { Item, Relation } from "@tacit/shared";
import type { BadRows } from "./bad-rows.js";
import { readRecords } from "./delimited.js";
import { film } from "./film.js";
import type { Layout, RawInteraction, RawUser } from "./layout.js";
import { ratingRow } from "./rating-row.js";

const TABS = { delimiter: "\t" } as const;
/** Header fields are `name:type`. */
const untyped = (field: string) => field.replace(/:.*$/, "");
const withEnding = (names: readonly string[], ending: string) => names.find((name) => name.endsWith(ending));

/**
 * MovieLens as RecBole's atomic files: .inter, .item and .user, tab separated under a typed header; with .kg and .link, the
 * knowledge graph of KB4Rec (Zhao et al. 2019, 1807.11141).
 */
export const atomicFiles: Layout = {
  name: "atomic files (.inter, .item)",
  find(names) {
    const interactions = withEnding(names, ".inter");
    if (interactions === undefined) return undefined;
    const [items, users] = [withEnding(names, ".item"), withEnding(names, ".user")];
    const [triples, links] = [withEnding(names, ".kg"), withEnding(names, ".link")];
    return {
      interactions,
      ...(items && { items }),
      ...(users && { users }),
      ...(triples && links && { triples, links }),
    };
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

  async *relations(triples: string, links: string, bad: BadRows): AsyncGenerator<Relation> {
    const itemOf = new Map<string, string>();
    for await (const { line, values } of readRecords(links, TABS, bad, untyped)) {
      bad.rows++;
      const [entity, item] = [values.get("entity_id"), values.get("item_id")];
      if (entity && item) itemOf.set(entity, item);
      else bad.add(links, line, "no entity or item id");
    }
    // What is no item is not to be taken for one that has the same id.
    const node = (entity: string) => itemOf.get(entity) ?? `entity ${entity}`;
    for await (const { line, values } of readRecords(triples, TABS, bad, untyped)) {
      bad.rows++;
      const [head, relation, tail] = ["head_id", "relation_id", "tail_id"].map((name) => values.get(name));
      if (head && relation && tail) yield { head: node(head), relation, tail: node(tail) };
      else bad.add(triples, line, "no head, relation or tail");
    }
  },
};
