import type { TaskModel } from "@tacit/shared";
import { policyScorer } from "../../baselines/policy-scorer.js";
import { popularityScorer } from "../../baselines/popularity-scorer.js";
import type { Environment } from "../../environments/environment.js";
import { type ByActivity, byActivity } from "../../evaluation/by-activity.js";
import { evaluate, type Metrics } from "../../evaluation/evaluate.js";
import type { Scorer } from "../../evaluation/scorer.js";
import { type SlateQuality, slateQuality } from "../../evaluation/slate-quality.js";
import { coinsOf, PURPOSE } from "../coins.js";
import { type Population, partOf } from "../columns/population.js";
import { unpackClient } from "../columns/unpack-client.js";

/** Clients whose ranking is looked at during a run, and after it. */
const SAMPLE = 200;
const FINAL_SAMPLE = 2000;
/** Draws of the 99 items beside each held-out one, after a run. */
const FINAL_DRAWS = 3;

export interface HitRateOptions {
  readonly model: TaskModel;
  readonly population: Population;
  /** Clients that differ: the first so many, where the others are their replicas. */
  readonly distinct: number;
  readonly seed: number;
}

/** HR@10 of one sample of the population, always the same, among 99 items that each has not touched. */
export function hitRate(options: HitRateOptions): (parameters: Float32Array) => number {
  const { model, seed } = options;
  const environment = sampleOf(options, SAMPLE);
  return (parameters) =>
    evaluate(policyScorer(model, parameters), environment, model.catalogue, [seed]).metrics["hr@10"].mean;
}

/** What a run came to, and popularity on the same lists. */
export interface FinalRanking {
  readonly users: number;
  readonly draws: number;
  readonly model: Ranked;
  /** Counted over the training histories of these users, in the open. */
  readonly popularity: Ranked;
}

interface Ranked extends Metrics {
  /** HR@10 by how much the users have done. */
  readonly byActivity: ByActivity;
  readonly slates: SlateQuality;
}

/** HR@10 and NDCG@10 of up to 2,000 clients, over several draws of the 99. */
export function finalRanking(options: HitRateOptions, parameters: Float32Array): FinalRanking {
  const { model, seed } = options;
  const { task, catalogue } = model;
  const environment = sampleOf(options, FINAL_SAMPLE);
  const { clients } = environment;
  const seeds = Array.from({ length: FINAL_DRAWS }, (_, draw) => seed + draw);
  const rank = (scorer: Scorer): Ranked => {
    const { metrics, perUser } = evaluate(scorer, environment, catalogue, seeds);
    return {
      ...metrics,
      byActivity: byActivity(task, clients, perUser["hr@10"]),
      slates: slateQuality(scorer, clients.slice(0, SAMPLE), catalogue, task.catalogue.features),
    };
  };
  return {
    users: clients.length,
    draws: FINAL_DRAWS,
    model: rank(policyScorer(model, parameters)),
    popularity: rank(popularityScorer(task, catalogue, clients)),
  };
}

function sampleOf({ model, population, distinct, seed }: HitRateOptions, most: number): Environment {
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
