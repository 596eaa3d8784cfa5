import { ACTIVITIES } from "@tacit/shared";
import type { ByActivity } from "../evaluation/by-activity.js";
import { TINY } from "../evaluation/cold-start.js";
import { METRICS } from "../evaluation/evaluate.js";
import type { Ranked } from "../virtual/run/final-ranking.js";

const RANKING = METRICS.filter((name) => name !== "reward");

/** A ranking's figures by name: of everybody, of the slates, and both by activity (`hr@10 cold`), where anybody is. */
export function rankingMetrics(ranked: Ranked): Record<string, number> {
  const { byActivity, slates, coldStart } = ranked;
  const ofSlates = {
    novelty: slates.novelty,
    diversity: slates.diversity,
    miscalibration: slates.miscalibration,
    "popularity lift": slates.popularityLift,
  };
  return Object.fromEntries([
    ...RANKING.map((name) => [name, ranked[name].mean] as const),
    ...RANKING.flatMap((name) => apart(name, byActivity[name])),
    ...ACTIVITIES.map((activity) => [`users ${activity}`, byActivity["hr@10"][activity].users] as const),
    ["hr@10 new user", coldStart.newUser],
    [`hr@10 of ${TINY} interactions`, coldStart.tinyHistory],
    ...(coldStart.newItem === undefined ? [] : [["hr@10 new item", coldStart.newItem] as const]),
    ["users new item", coldStart.newItemUsers],
    ["coverage", slates.coverage],
    ["gini", slates.gini],
    ...Object.entries(ofSlates).flatMap(([name, taste]) => [
      [name, taste.mean] as const,
      ...apart(name, taste.byActivity),
    ]),
  ]);
}

const apart = (name: string, groups: ByActivity) =>
  ACTIVITIES.flatMap((activity) => {
    const { users, mean } = groups[activity];
    return users > 0 ? [[`${name} ${activity}`, mean] as const] : [];
  });
