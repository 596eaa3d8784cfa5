import { type Catalogue, gainAt, hitAt, type Random, reciprocalRank, seededRandom } from "@tacit/shared";
import type { Environment } from "../environments/environment.js";
import { drawCandidates } from "./candidates.js";
import { type Estimate, estimate } from "./estimate.js";
import type { Scorer } from "./scorer.js";

export const METRICS = ["hr@10", "ndcg@10", "mrr", "reward"] as const;
export type MetricName = (typeof METRICS)[number];
type PerUser = Readonly<Record<MetricName, Float64Array>>;
export type Metrics = Readonly<Record<MetricName, Estimate>>;

/** One arm's result: for each user the mean over the evaluation seeds, and what that comes to over users. */
export interface Evaluation {
  readonly metrics: Metrics;
  readonly perUser: PerUser;
  /** The mean over users for each evaluation seed: how much the draw of the 99 matters. */
  readonly bySeed: readonly Readonly<Record<MetricName, number>>[];
}

const PLACES = 10;

/** Ranks each held-out item against 99 items its user never touched: HR@10, NDCG@10, MRR, and the environment's reward of the ten best. */
export function evaluate(
  scorer: Scorer,
  environment: Environment,
  catalogue: Catalogue,
  seeds: readonly number[],
): Evaluation {
  const { clients } = environment;
  const perUser = emptyPerUser(clients.length);
  const bySeed = seeds.map((seed) => {
    const candidates = drawCandidates(clients, catalogue, seed);
    const scores = scorer.score(clients, candidates);
    const coins = seededRandom(seed ^ 0x5eed);
    const sums = { "hr@10": 0, "ndcg@10": 0, mrr: 0, reward: 0 };
    for (const [user, client] of clients.entries()) {
      const rows = candidates[user] ?? [];
      const ranked = rankedPlaces(scores[user] ?? [], rows.length, coins);
      const rank = ranked.indexOf(0);
      const slate = ranked.slice(0, PLACES).map((position) => catalogue.ids[rows[position] ?? -1] ?? "");
      const result = {
        "hr@10": hitAt(rank, PLACES),
        "ndcg@10": gainAt(rank, PLACES),
        mrr: reciprocalRank(rank),
        reward: environment.reward(client, slate),
      };
      for (const metric of METRICS) {
        perUser[metric][user] = (perUser[metric][user] ?? 0) + result[metric] / seeds.length;
        sums[metric] += result[metric] / clients.length;
      }
    }
    return sums;
  });
  const metrics = {
    "hr@10": estimate(perUser["hr@10"]),
    "ndcg@10": estimate(perUser["ndcg@10"]),
    mrr: estimate(perUser.mrr),
    reward: estimate(perUser.reward),
  };
  return { metrics, perUser, bySeed };
}

const emptyPerUser = (users: number): Record<MetricName, Float64Array> => ({
  "hr@10": new Float64Array(users),
  "ndcg@10": new Float64Array(users),
  mrr: new Float64Array(users),
  reward: new Float64Array(users),
});

/** All positions, best score first. */
function rankedPlaces(scores: ArrayLike<number>, count: number, coins: Random): number[] {
  const keyed = Array.from({ length: count }, (_, position) => ({
    position,
    score: scores[position] ?? Number.NEGATIVE_INFINITY,
    coin: coins.uniform(),
  }));
  keyed.sort((a, b) => b.score - a.score || b.coin - a.coin);
  return keyed.map(({ position }) => position);
}
