import { type Catalogue, engagement, rewards, type TaskSpec, trajectories } from "@tacit/shared";
import type { Life } from "./lives.js";

/**
 * What can be said of a policy that was played: reward a visit, a person, and discounted a session; clicks an impression;
 * purchases a click; the mean opinion from −1 to 1; sessions after which somebody came back within a week; persons who
 * are still there.
 */
export const LIVE_METRICS = [
  "reward",
  "cumulative",
  "discounted",
  "ctr",
  "cvr",
  "satisfaction",
  "returns",
  "retention",
] as const;

export type LiveMetric = (typeof LIVE_METRICS)[number];
export type LiveMetrics = Readonly<Record<LiveMetric, number | undefined>>;

const HORIZON_DAYS = 7;

/**
 * What these lives came to since each had `before` visits, later consequences included. Rates are means over the persons
 * that have one; undefined where nobody has.
 */
export function liveMetrics(
  task: TaskSpec,
  catalogue: Catalogue,
  lives: readonly Life[],
  before: number,
): LiveMetrics {
  const { discount, sessionGapMinutes } = task.reward;
  const people = lives.map(({ history, slates, person }) => {
    const counted = new Set(slates.slice(before).map(({ recommendationId }) => recommendationId));
    const events = [...history, ...person.outstanding()].filter(({ recommendationId = "" }) =>
      counted.has(recommendationId),
    );
    return {
      ...rewards(trajectories(task, catalogue, events), discount),
      ...engagement(events, { sessionGapMinutes, horizonDays: HORIZON_DAYS }),
      visits: counted.size,
      stayed: person.visit() !== undefined,
    };
  });
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const mean = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? undefined : total(known) / known.length;
  };
  const earned = total(people.map(({ cumulative }) => cumulative));
  return {
    reward: earned / Math.max(1, total(people.map(({ visits }) => visits))),
    cumulative: earned / Math.max(1, people.length),
    discounted: mean(people.map(({ discounted }) => discounted)),
    ctr: mean(people.map(({ clickRate }) => clickRate)),
    cvr: mean(people.map(({ conversionRate }) => conversionRate)),
    satisfaction: mean(people.map(({ satisfaction }) => satisfaction)),
    returns: mean(people.map(({ returnRate }) => returnRate)),
    retention: mean(people.map(({ stayed }) => Number(stayed))),
  };
}
