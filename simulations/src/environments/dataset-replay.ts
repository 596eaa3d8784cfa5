import { reward, type TaskSpec } from "@tacit/shared";
import type { Dataset } from "../datasets/dataset.js";
import { latestEngagement } from "../datasets/latest-engagement.js";
import type { Environment, EnvironmentClient } from "./environment.js";

/** What a place is worth, from 0: the discount of DCG. */
const discount = (position: number): number => 1 / Math.log2(position + 2);

/** The first `most` users that can be replayed: the latest engagement is held out, and something before it is left to learn from. */
export function replayClients(dataset: Dataset, most: number): EnvironmentClient[] {
  const clients: EnvironmentClient[] = [];
  for (const [id, interactions] of dataset.histories) {
    if (clients.length >= most) break;
    const latest = latestEngagement(interactions);
    const heldOut = interactions[latest];
    if (heldOut === undefined) continue;
    const history = interactions.slice(0, latest).filter(({ itemId }) => itemId !== heldOut.itemId);
    if (history.length === 0) continue;
    clients.push({ id, history, heldOut, touched: new Set(interactions.map(({ itemId }) => itemId)) });
  }
  return clients;
}

/** Replays a data set: each user is one client with that user's rows and nobody else's. */
export function datasetReplay(
  dataset: Dataset,
  clients: readonly EnvironmentClient[],
  task: TaskSpec,
): Environment {
  return {
    name: dataset.name,
    features: dataset.features,
    items: dataset.items,
    clients,
    rewardMeaning:
      "reward of the held-out interaction / log2(1 + rank) if it is among the ten best-ranked, else 0",
    reward({ heldOut }, slate) {
      const position = slate.indexOf(heldOut.itemId);
      return position < 0 ? 0 : reward(task, heldOut) * discount(position);
    },
  };
}
