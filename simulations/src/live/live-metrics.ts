import {
  ACTIVITIES,
  type Catalogue,
  engagement,
  historyActivity,
  rewards,
  type TaskSpec,
  trajectories,
} from "@tacit/shared";
import type { LiveMetric } from "../environments/live-environment.js";
import { knownMean } from "../evaluation/known-mean.js";
import type { Life } from "./lives.js";
import type { LoggedPeople } from "./log-people.js";

const HORIZON_DAYS = 7;

interface LiveSetting {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  /** The population that these people are of. */
  readonly people: LoggedPeople;
  /** How many of a life's slates are left out of account; those of the log when left out. */
  readonly before?: (life: Life) => number;
}

/**
 * What can be said of a policy that was played, by name: reward a visit, a person, and discounted a session; and of what is
 * told in the environment, clicks an impression; purchases a click; the mean opinion from −1 to 1; sessions after which somebody came
 * back within a week, who has left for good being nobody that does; persons who are still there. The same of those who did little or much in the log (`ctr cold`), and how
 * many they are (`users cold`).
 *
 * Of these people's lives since the end of their log, later consequences included. Rates are means over the persons that have
 * one; absent where nobody has.
 */
export function liveMetrics(lives: readonly Life[], setting: LiveSetting): Readonly<Record<string, number>> {
  const told = setting.people.environment.metrics;
  const people = lives.map((life) => personMetrics(life, setting));
  const groups = ACTIVITIES.flatMap((activity) => {
    const some = people.filter((person) => person.activity === activity);
    return [
      [`users ${activity}`, some.length] as const,
      ...metricsOf(told, some).map(([name, value]) => [`${name} ${activity}`, value] as const),
    ];
  });
  return Object.fromEntries([...metricsOf(told, people), ...groups]);
}

type PersonMetrics = ReturnType<typeof personMetrics>;

/** Nothing that nobody has a value of. */
function metricsOf(
  told: readonly LiveMetric[],
  people: readonly PersonMetrics[],
): [name: string, value: number][] {
  const mean = (value: (person: PersonMetrics) => number | undefined) => knownMean(people.map(value));
  const named: [string, number | undefined][] = [
    ["reward", rewardAVisit(people)],
    ["cumulative", mean(({ cumulative }) => cumulative)],
    ["discounted", mean(({ discounted }) => discounted)],
    ...told.map((name): [string, number | undefined] => [name, mean((person) => person[name])]),
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

function personMetrics(life: Life, { task, catalogue, people, before = () => people.logged }: LiveSetting) {
  const { index, history, slates, person } = life;
  const { discount, sessionGapMinutes } = task.reward;
  const counted = new Set(slates.slice(before(life)).map(({ recommendationId }) => recommendationId));
  const events = [...history, ...person.outstanding()].filter(({ recommendationId = "" }) =>
    counted.has(recommendationId),
  );
  const { clickRate, conversionRate, satisfaction, returnRate } = engagement(events, {
    sessionGapMinutes,
    horizonDays: HORIZON_DAYS,
    comesBack: person.visit()?.at ?? Number.POSITIVE_INFINITY,
  });
  return {
    ...rewards(trajectories(task, catalogue, events), discount),
    ctr: clickRate,
    cvr: conversionRate,
    satisfaction,
    returns: returnRate,
    retention: Number(person.visit() !== undefined),
    activity: historyActivity(task, people.lives[index]?.history ?? []),
    visits: counted.size,
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function rewardAVisit(people: readonly Pick<PersonMetrics, "cumulative" | "visits">[]): number | undefined {
  const visits = total(people.map(({ visits: own }) => own));
  return visits > 0 ? total(people.map(({ cumulative }) => cumulative)) / visits : undefined;
}
