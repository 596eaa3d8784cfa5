import { seededRandom } from "@tacit/shared";
import type { Dataset } from "./dataset.js";
import { latestEngagement } from "./latest-engagement.js";

/** So that another share of new items does not change which ones are drawn first. */
const SEED = 20;

/**
 * A share of the items is new: they are in the catalogue, and in no history but as its latest engagement, which evaluation holds
 * out.
 */
export function newItems(dataset: Dataset, share: number): Dataset {
  const random = seededRandom(SEED);
  const unseen = new Set(dataset.items.filter(() => random.uniform() < share).map(({ id }) => id));
  const histories = new Map(
    [...dataset.histories].map(([user, interactions]) => {
      const latest = latestEngagement(interactions);
      return [user, interactions.filter(({ itemId }, i) => i === latest || !unseen.has(itemId))];
    }),
  );
  return { ...dataset, histories };
}
