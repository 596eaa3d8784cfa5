import { INTERACTION_KINDS, type InteractionKind, type Item } from "@tacit/shared";
import type { BadRows } from "./bad-rows.js";
import { readRecords } from "./delimited.js";
import type { Layout, RawInteraction, RawUser } from "./layout.js";
import { milliseconds } from "./milliseconds.js";

const COMMAS = { delimiter: ",", quoted: true } as const;

const isKind = (event: string): event is InteractionKind =>
  INTERACTION_KINDS.some((kind: string) => kind === event);

/** `a|b` is a list, a number is a number, nothing is missing. */
function feature(text: string): Item["features"][string] {
  if (text === "") return null;
  if (text.includes("|")) return text.split("|").filter((part) => part !== "");
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/**
 * Events of any kind: a CSV with the columns user_id, item_id, event, value (may be empty) and timestamp, in any order.
 * Beside it there may be items.csv (item_id and one column a feature) and users.csv (user_id and the same).
 */
export const plainCsv: Layout = {
  name: "CSV (user_id,item_id,event,value,timestamp)",
  find(names) {
    const tables = names.filter((name) => name.endsWith(".csv"));
    const [items, users] = ["items.csv", "users.csv"].map((name) => tables.find((table) => table === name));
    const rest = tables.filter((name) => name !== items && name !== users);
    const interactions = ["interactions.csv", "events.csv"].find((name) => rest.includes(name)) ?? rest[0];
    if (interactions === undefined) return undefined;
    return { interactions, ...(items && { items }), ...(users && { users }) };
  },

  async *interactions(path: string, bad: BadRows): AsyncGenerator<RawInteraction> {
    for await (const { line, values } of readRecords(path, COMMAS, bad)) {
      bad.rows++;
      const column = (name: string) => values.get(name) ?? "";
      const [userId, itemId, kind] = [column("user_id"), column("item_id"), column("event").toLowerCase()];
      const at = milliseconds(column("timestamp"));
      const value = column("value") === "" ? undefined : Number(column("value"));
      if (userId === "") bad.add(path, line, "no user_id");
      else if (itemId === "") bad.add(path, line, "no item_id");
      else if (!isKind(kind))
        bad.add(path, line, `event "${kind}" is not one of ${INTERACTION_KINDS.join(", ")}`);
      else if (Number.isNaN(at)) bad.add(path, line, `timestamp "${column("timestamp")}" is not a time`);
      else if (value !== undefined && !Number.isFinite(value)) {
        bad.add(path, line, `value "${column("value")}" is not a number`);
      } else if (kind === "rating" && value === undefined) bad.add(path, line, "a rating without a value");
      else yield { userId, itemId, kind, at, ...(value !== undefined && { value }) };
    }
  },

  async *items(path: string, bad: BadRows): AsyncGenerator<Item> {
    for await (const { line, values } of readRecords(path, COMMAS, bad)) {
      bad.rows++;
      const id = values.get("item_id");
      if (!id) {
        bad.add(path, line, "no item_id");
        continue;
      }
      const columns = [...values].filter(([name]) => name !== "item_id");
      yield { id, features: Object.fromEntries(columns.map(([name, text]) => [name, feature(text)])) };
    }
  },

  async *users(path: string, bad: BadRows): AsyncGenerator<RawUser> {
    for await (const { line, values } of readRecords(path, COMMAS, bad)) {
      bad.rows++;
      const id = values.get("user_id");
      if (!id) {
        bad.add(path, line, "no user_id");
        continue;
      }
      const columns = [...values].filter(([name]) => name !== "user_id");
      yield { id, features: Object.fromEntries(columns.map(([name, text]) => [name, text || null])) };
    }
  },
};
