import { ACTIVITIES } from "@tacit/shared";
import { TINY } from "../evaluation/cold-start.js";
import { METRICS } from "../evaluation/evaluate.js";
import type { Ranked } from "../virtual/run/final-ranking.js";

const RANKING = METRICS.filter((name) => name !== "reward");

/** A ranking's figures by name: of everybody, by activity (where anybody is), and of the slates. */
export function rankingMetrics(ranked: Ranked): Record<string, number> {
  const { byActivity, slates, coldStart } = ranked;
  const cohorts = ACTIVITIES.filter((activity) => byActivity[activity].users > 0);
  return Object.fromEntries([
    ...RANKING.map((name) => [name, ranked[name].mean] as const),
    ...cohorts.map((activity) => [`hr@10 ${activity}`, byActivity[activity].mean] as const),
    ["hr@10 new user", coldStart.newUser],
    [`hr@10 of ${TINY} interactions`, coldStart.tinyHistory],
    ...(coldStart.newItem === undefined ? [] : [["hr@10 new item", coldStart.newItem] as const]),
    ["coverage", slates.coverage],
    ["gini", slates.gini],
    ["novelty", slates.novelty.mean],
    ["diversity", slates.diversity.mean],
    ["miscalibration", slates.miscalibration.mean],
    ["popularity lift", slates.popularityLift.mean],
  ]);
}
