import type { Catalogue, TaskSpec } from "@tacit/shared";
import { policyScorer } from "../../baselines/policy-scorer.js";
import { popularityScorer } from "../../baselines/popularity-scorer.js";
import type { Environment } from "../../environments/environment.js";
import { activitiesOf, type ByActivity, byActivity } from "../../evaluation/by-activity.js";
import { type ColdStart, coldStart } from "../../evaluation/cold-start.js";
import { evaluate, type MetricName, type Metrics } from "../../evaluation/evaluate.js";
import type { Scorer } from "../../evaluation/scorer.js";
import { type SlateQuality, slateQuality } from "../../evaluation/slate-quality.js";
import { everybody, triedItems } from "./everybody.js";
import { type SampledFrom, sampleOf } from "./sample.js";

/** Clients whose ranking is looked at, unless somebody wants others. */
export const FINAL_USERS = 2000;
/** Clients whose slates of the whole catalogue are looked at. */
const SLATES = 200;
/** Draws of the 99 items beside each held-out one. */
export const FINAL_DRAWS = 3;

/** How well something ranks for a sample of clients. */
export interface Ranked extends Metrics {
  /** Each of them by how much the users have done. */
  readonly byActivity: Readonly<Record<MetricName, ByActivity>>;
  readonly slates: SlateQuality;
  readonly coldStart: ColdStart;
}

/** What a run came to, and popularity on the same lists. */
export interface FinalRanking {
  readonly users: number;
  readonly draws: number;
  readonly model: Ranked;
  /** Counted over everybody's training histories, in the open. */
  readonly popularity: Ranked;
}

/** HR@10 and NDCG@10 of up to `users` clients, over several draws of the 99. */
export function finalRanking(from: SampledFrom, parameters: Float32Array, users: number): FinalRanking {
  const { model, seed } = from;
  const sample = sampleOf(from, users);
  const tried = triedItems(from);
  const rank = (scorer: Scorer) => ranked(scorer, { ...model, sample, tried, seed });
  return {
    users: sample.clients.length,
    draws: FINAL_DRAWS,
    model: rank(policyScorer(model, parameters)),
    popularity: rank(popularityScorer(model.task, model.catalogue, everybody(from))),
  };
}

export interface RankedOn {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly sample: Environment;
  /** Items in anybody's history. */
  readonly tried: ReadonlySet<string>;
  readonly seed: number;
}

/** The same lists for the same sample and seed, whoever ranks them. */
export function ranked(scorer: Scorer, { task, catalogue, sample, tried, seed }: RankedOn): Ranked {
  const { clients } = sample;
  const seeds = Array.from({ length: FINAL_DRAWS }, (_, draw) => seed + draw);
  const { metrics, perUser } = evaluate(scorer, sample, catalogue, seeds);
  const activities = activitiesOf(task, clients);
  const apart = (name: MetricName) => byActivity(activities, perUser[name]);
  return {
    ...metrics,
    byActivity: {
      "hr@10": apart("hr@10"),
      "ndcg@10": apart("ndcg@10"),
      mrr: apart("mrr"),
      reward: apart("reward"),
    },
    slates: slateQuality(scorer, clients.slice(0, SLATES), catalogue, task),
    coldStart: coldStart(scorer, sample, catalogue, tried, seed),
  };
}
