import type { Item } from "@tacit/shared";
import { BadRows } from "../../datasets/bad-rows.js";
import { plainCsv } from "../../datasets/plain-csv.js";
import type { EvaluationRefusal } from "./bandit-log.js";
import { refuseBadRows, refuseUnreadable } from "./refuse-rows.js";

export type ReadItems = { readonly ok: true; readonly items: readonly Item[] } | EvaluationRefusal;

/** A CSV with the column item_id and one column a feature. */
export async function readItems(path: string): Promise<ReadItems> {
  const bad = new BadRows();
  const items = new Map<string, Item>();
  try {
    for await (const { id, features } of plainCsv.items(path, bad)) {
      const { "": _, ...named } = features;
      if (items.has(id)) bad.add(path, bad.rows + 1, `item_id: "${id}" is there twice`);
      items.set(id, { id, features: named });
    }
  } catch (error) {
    return refuseUnreadable(path, error);
  }
  if (bad.count > 0) return refuseBadRows(bad);
  if (items.size < 2) return { ok: false, reason: "empty", message: `${path}: fewer than two items` };
  return { ok: true, items: [...items.values()] };
}
