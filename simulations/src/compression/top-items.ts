import { best, type Interaction } from "@tacit/shared";
import { type Estimate, estimate } from "../evaluation/estimate.js";
import { scoresAfter } from "./imagined-histories.js";
import type { Ranker } from "./ranker.js";

/** Rows of the `count` items that a model ranks first after a history, of the whole catalogue and before any rules. */
export function topItems(ranker: Ranker, history: readonly Interaction[], count: number): number[] {
  const rows = Int32Array.from({ length: ranker.model.catalogue.size }, (_, row) => row);
  return best(scoresAfter(ranker, history, rows).logits, count);
}

/** The share of one ranking's first items that are among the other's, history by history. */
export const sharedTop = (
  ranking: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): Estimate =>
  estimate(
    ranking.map((items, history) => {
      const among = new Set(other[history]);
      return items.filter((item) => among.has(item)).length / items.length;
    }),
  );
