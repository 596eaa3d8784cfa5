import type { Catalogue } from "../../catalogue/catalogue.js";
import { similarity } from "../../catalogue/similarity.js";

/**
 * weight · mean over the events of the state of 1 − cosine(item, event), by the items' features; 0 in a state without
 * events, which nothing can differ from. (Stamenkovic et al. 2022, arXiv 2110.15097, §3.3: a diversity reward beside the one
 * for accuracy.)
 */
export function diversityReward(
  { weight }: { readonly weight: number },
  catalogue: Catalogue,
  { item, events }: { readonly item: number; readonly events: readonly { readonly item: number }[] },
): number {
  let sum = 0;
  for (const event of events) sum += 1 - similarity(catalogue, item, event.item);
  return events.length === 0 ? 0 : (weight * sum) / events.length;
}
