import {
  ACTIVITIES,
  type Catalogue,
  engagement,
  historyActivity,
  rewards,
  type TaskSpec,
  trajectories,
} from "@tacit/shared";
import { knownMean } from "../evaluation/known-mean.js";
import type { Life } from "./lives.js";
import type { LoggedPeople } from "./log-people.js";

const HORIZON_DAYS = 7;

/**
 * What can be said of a policy that was played, by name: reward a visit, a person, and discounted a session; clicks an
 * impression; purchases a click; the mean opinion from −1 to 1, where dwelling is no cost; sessions after which somebody came
 * back within a week, who has left for good being nobody that does; persons who are still there. The same of those who did little or much in the log (`ctr cold`), and how
 * many they are (`users cold`).
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
  const groups = ACTIVITIES.flatMap((activity) => {
    const some = people.filter((person) => person.activity === activity);
    return [
      [`users ${activity}`, some.length] as const,
      ...metricsOf(task, some).map(([name, value]) => [`${name} ${activity}`, value] as const),
    ];
  });
  return Object.fromEntries([...metricsOf(task, people), ...groups]);
}

type PersonMetrics = ReturnType<typeof personMetrics>;

/** Nothing that nobody has a value of. */
function metricsOf(task: TaskSpec, people: readonly PersonMetrics[]): [name: string, value: number][] {
  const mean = (value: (person: PersonMetrics) => number | undefined) => knownMean(people.map(value));
  const named: [string, number | undefined][] = [
    ["reward", rewardAVisit(people)],
    ["cumulative", mean(({ cumulative }) => cumulative)],
    ["discounted", mean(({ discounted }) => discounted)],
    ["ctr", mean(({ clickRate }) => clickRate)],
    ["cvr", mean(({ conversionRate }) => conversionRate)],
    ["satisfaction", tellsCosts(task) ? undefined : mean(({ satisfaction }) => satisfaction)],
    ["returns", mean(({ returnRate }) => returnRate)],
    ["retention", mean(({ stayed }) => Number(stayed))],
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
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
  return {
    ...rewards(trajectories(task, catalogue, events), discount),
    ...engagement(events, {
      sessionGapMinutes,
      horizonDays: HORIZON_DAYS,
      comesBack: person.visit()?.at ?? Number.POSITIVE_INFINITY,
    }),
    activity: historyActivity(task, lives[index]?.history ?? []),
    visits: counted.size,
    stayed: person.visit() !== undefined,
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function rewardAVisit(people: readonly Pick<PersonMetrics, "cumulative" | "visits">[]): number | undefined {
  const visits = total(people.map(({ visits: own }) => own));
  return visits > 0 ? total(people.map(({ cumulative }) => cumulative)) / visits : undefined;
}
