import { type Catalogue, createTaskModel, type Engine, type TaskSpec } from "@tacit/shared";
import { policyScorer } from "../../baselines/policy-scorer.js";
import type { Environment } from "../../environments/environment.js";
import { evaluate } from "../../evaluation/evaluate.js";
import { coinsOf, PURPOSE } from "../coins.js";
import { type Population, partOf } from "../columns/population.js";
import { unpackClient } from "../columns/unpack-client.js";

/** Clients whose ranking is looked at. */
const SAMPLE = 200;

export interface HitRateOptions {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly population: Population;
  readonly seed: number;
}

/** HR@10 of one sample of the population, always the same, among 99 items that each has not touched. */
export function hitRate(options: HitRateOptions): (parameters: Float32Array) => number {
  const { task, catalogue, population, seed } = options;
  const coins = coinsOf(seed, PURPOSE.sample, 0, 0);
  const sample = new Set<number>();
  while (sample.size < Math.min(SAMPLE, population.clients)) sample.add(coins.integer(population.clients));
  const clients = Array.from(sample, (client) => {
    const { history, heldOut } = unpackClient(partOf(population, client), catalogue.ids, client);
    const touched = new Set(history.map(({ itemId }) => itemId)).add(heldOut.itemId);
    return { id: String(client), history, heldOut, touched };
  });
  const environment: Environment = {
    name: "sample",
    features: task.catalogue.features,
    items: [],
    clients,
    rewardMeaning: "not asked for",
    reward: () => 0,
  };
  const model = createTaskModel(options);
  return (parameters) =>
    evaluate(policyScorer(model, parameters), environment, catalogue, [seed]).metrics["hr@10"].mean;
}
