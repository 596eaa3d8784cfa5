import type { TaskModel } from "@tacit/shared";
import type { Environment } from "../../environments/environment.js";
import { coinsOf, PURPOSE } from "../coins.js";
import { type Population, partOf } from "../columns/population.js";
import { unpackClient } from "../columns/unpack-client.js";

/** Whom a run may look at. */
export interface SampledFrom {
  readonly model: TaskModel;
  readonly population: Population;
  /** Clients that differ: the first so many, where the others are their replicas. */
  readonly distinct: number;
  readonly seed: number;
}

/** Up to `most` different clients of a population, always the same for a seed. */
export function sampleOf({ model, population, distinct, seed }: SampledFrom, most: number): Environment {
  const { task, catalogue } = model;
  const coins = coinsOf(seed, PURPOSE.sample, 0, 0);
  const sample = new Set<number>();
  while (sample.size < Math.min(most, distinct)) sample.add(coins.integer(distinct));
  const clients = Array.from(sample, (client) => {
    const { history, heldOut } = unpackClient(partOf(population, client), catalogue.ids, client);
    const touched = new Set(history.map(({ itemId }) => itemId)).add(heldOut.itemId);
    return { id: String(client), history, heldOut, touched };
  });
  return {
    name: "sample",
    features: task.catalogue.features,
    items: [],
    clients,
    rewardMeaning: "not asked for",
    reward: () => 0,
  };
}
