import type { Dataset } from "./dataset.js";

/**
 * The data set as it was before the latest interaction of every history: without it, and without all else that its item has
 * there, so that what is chosen by held-out items has not seen those that are reported. Nothing is known of that item, not
 * even that it is none of the 99 that somebody has not chosen. (leave-one-out with a validation item: He et al. 2017,
 * 1708.05031, §4.1; Kang & McAuley 2018, 1808.09781, §IV-C)
 */
export function validation(dataset: Dataset): Dataset {
  const histories = [...dataset.histories].map(([user, interactions]) => {
    const latest = interactions.at(-1)?.itemId;
    return [user, interactions.filter(({ itemId }) => itemId !== latest)] as const;
  });
  return { ...dataset, histories: new Map(histories) };
}
