import {
  ACTIVITIES,
  activityOf,
  type Catalogue,
  engagement,
  reward as rewardOf,
  rewards,
  type TaskSpec,
  trajectories,
} from "@tacit/shared";
import { knownMean } from "../evaluation/known-mean.js";
import type { Life } from "./lives.js";
import type { LoggedPeople } from "./log-people.js";

const HORIZON_DAYS = 7;

/**
 * What can be said of a policy that was played, by name: reward a visit (and that of the people who did little or much in
 * the log, where there are both), a person, and discounted a session; clicks an impression; purchases a click; the mean
 * opinion from −1 to 1, where dwelling is no cost; sessions after which somebody came back within a week; persons who are still there.
 *
 * Of these people's lives since the end of their log, later consequences included. Rates are means over the persons that have
 * one; absent where nobody has.
 */
export function liveMetrics(
  task: TaskSpec,
  catalogue: Catalogue,
  lives: readonly Life[],
  logged: LoggedPeople,
): Readonly<Record<string, number>> {
  const people = lives.map((life) => personMetrics(task, catalogue, life, logged));
  const activities = ACTIVITIES.map((activity) => ({
    activity,
    some: people.filter((person) => person.activity === activity),
  })).filter(({ some }) => some.length > 0);
  const named: [string, number | undefined][] = [
    ["reward", rewardAVisit(people)],
    ["cumulative", knownMean(people.map(({ cumulative }) => cumulative))],
    ["discounted", knownMean(people.map(({ discounted }) => discounted))],
    ["ctr", knownMean(people.map(({ clickRate }) => clickRate))],
    ["cvr", knownMean(people.map(({ conversionRate }) => conversionRate))],
    [
      "satisfaction",
      tellsCosts(task) ? undefined : knownMean(people.map(({ satisfaction }) => satisfaction)),
    ],
    ["returns", knownMean(people.map(({ returnRate }) => returnRate))],
    ["retention", knownMean(people.map(({ stayed }) => Number(stayed)))],
  ];
  if (activities.length > 1) {
    for (const { activity, some } of activities) named.push([`reward ${activity}`, rewardAVisit(some)]);
  }
  return Object.fromEntries(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A loss that is told as a dwell is nobody's opinion. */
const tellsCosts = ({ reward }: TaskSpec): boolean => (reward.weights.dwell ?? 0) < 0;

function personMetrics(
  task: TaskSpec,
  catalogue: Catalogue,
  { index, history, slates, person }: Life,
  { lives, logged }: LoggedPeople,
) {
  const { discount, sessionGapMinutes } = task.reward;
  const counted = new Set(slates.slice(logged).map(({ recommendationId }) => recommendationId));
  const events = [...history, ...person.outstanding()].filter(({ recommendationId = "" }) =>
    counted.has(recommendationId),
  );
  const engaged = lives[index]?.history.filter((event) => rewardOf(task, event) > 0) ?? [];
  return {
    ...rewards(trajectories(task, catalogue, events), discount),
    ...engagement(events, { sessionGapMinutes, horizonDays: HORIZON_DAYS }),
    activity: activityOf(engaged.length),
    visits: counted.size,
    stayed: person.visit() !== undefined,
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const rewardAVisit = (people: readonly { readonly cumulative: number; readonly visits: number }[]): number =>
  total(people.map(({ cumulative }) => cumulative)) / Math.max(1, total(people.map(({ visits }) => visits)));
