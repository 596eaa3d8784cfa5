import { type Interaction, reward, type TaskSpec } from "@tacit/shared";
import type { Dataset } from "../datasets/dataset.js";
import type { Environment, EnvironmentClient } from "./environment.js";

/** Places that count, and how much: the discount of DCG. */
const discount = (position: number): number => 1 / Math.log2(position + 2);

/** Replays a data set: each user is a client, and the latest interaction is held out. Users with only one are left out. */
export function datasetReplay(dataset: Dataset, clients: number, rewards: TaskSpec["reward"]): Environment {
  const chosen: EnvironmentClient[] = [];
  for (const [id, interactions] of dataset.histories) {
    if (chosen.length === clients) break;
    const heldOut = interactions.at(-1);
    if (heldOut === undefined || interactions.length < 2) continue;
    const history = interactions.slice(0, -1).filter(({ itemId }) => itemId !== heldOut.itemId);
    if (history.length === 0) continue;
    chosen.push({ id, history, heldOut, touched: new Set(interactions.map(({ itemId }) => itemId)) });
  }
  return {
    name: dataset.name,
    features: dataset.features,
    items: dataset.items,
    clients: chosen,
    rewardMeaning:
      "reward of the held-out interaction, discounted by 1/log2(1 + rank) in the first ten places, else 0",
    reward({ heldOut }, slate) {
      const position = slate.indexOf(heldOut.itemId);
      return position < 0 ? 0 : earned(rewards, heldOut) * discount(position);
    },
  };
}

const earned = (rewards: TaskSpec["reward"], interaction: Interaction): number =>
  reward({ reward: rewards }, interaction);
