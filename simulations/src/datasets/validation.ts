import type { Dataset } from "./dataset.js";
import { latestEngagement } from "./latest-engagement.js";

/**
 * The data set as it was before the latest engagement of every history: without it, and without all else that its item has
 * there, so that what is chosen by held-out items has not seen those that are reported. Nothing is known of that item, not
 * even that it is none of the 99 that somebody has not chosen. (leave-one-out with a validation item: He et al. 2017,
 * 1708.05031, §4.1; Kang & McAuley 2018, 1808.09781, §IV-C)
 */
export function validation(dataset: Dataset): Dataset {
  const histories = [...dataset.histories].map(([user, interactions]) => {
    const latest = latestEngagement(interactions);
    const before = interactions.slice(0, Math.max(0, latest));
    return [user, before.filter(({ itemId }) => itemId !== interactions[latest]?.itemId)] as const;
  });
  return { ...dataset, histories: new Map(histories) };
}
