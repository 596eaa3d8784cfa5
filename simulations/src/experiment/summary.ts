import { knownMean } from "../evaluation/known-mean.js";
import { type MeanInterval, studentInterval } from "../evaluation/student-interval.js";
import type { Trial } from "../scenario/trial.js";
import { shownMetrics } from "./shown-metrics.js";

/** What one arm of one variation came to over its seeds. */
export interface ArmSummary {
  readonly variation: string;
  readonly arm: string;
  readonly seeds: readonly number[];
  /** Means over seeds, with 95 % intervals of Student's t. */
  readonly metrics: Readonly<Record<string, MeanInterval>>;
  /** By how much it leads the federation without noise, seed by seed: what privacy cost, negated. */
  readonly lead: Readonly<Record<string, MeanInterval>> | null;
  /** Arms of the same task whose interval of the first metric lies wholly below this one's; none of fewer than three seeds that have it. */
  readonly above: readonly string[];
  /** Of the seed that spent most; null: nothing is promised. */
  readonly epsilon: number | null;
  /** Updates that were longer than the clip, of all rounds; null: nothing was sent. */
  readonly shareClipped: number | null;
}

/** Two seeds may come to the same by chance, and their interval be a point. */
const FEWEST_SEEDS = 3;
const REFERENCE = "federated, no privacy";

/** In the order in which the trials come. */
export function summarise(trials: readonly Trial[]): ArmSummary[] {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = JSON.stringify([trial.variation, trial.arm]);
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  const summaries = Array.from(groups.values(), (group) => {
    const { variation = "", arm = "" } = group[0] ?? {};
    const reference = new Map(
      trials
        .filter((trial) => trial.variation === variation && trial.arm === REFERENCE)
        .map((trial) => [trial.seed, trial]),
    );
    const names = [...new Set(group.flatMap(({ metrics }) => Object.keys(metrics)))];
    const over = (value: (trial: Trial, name: string) => number | undefined) =>
      Object.fromEntries(
        names.map((name) => [name, studentInterval(group.flatMap((trial) => value(trial, name) ?? []))]),
      );
    return {
      variation,
      arm,
      seeds: group.map(({ seed }) => seed),
      metrics: over(({ metrics }, name) => metrics[name]),
      lead:
        reference.size > 0 && arm !== REFERENCE
          ? over(({ metrics, seed }, name) => minus(metrics[name], reference.get(seed)?.metrics[name]))
          : null,
      epsilon: mostOf(group.map(({ privacy }) => privacy?.releasesEpsilon ?? null)),
      shareClipped:
        knownMean(group.flatMap(({ course }) => course.map(({ shareClipped }) => shareClipped))) ?? null,
    };
  });
  const [primary = ""] = shownMetrics(summaries);
  return summaries.map((summary) => ({
    ...summary,
    above: summaries
      .filter(
        (other) =>
          other.variation === summary.variation && isBelow(other.metrics[primary], summary.metrics[primary]),
      )
      .map(({ arm }) => arm),
  }));
}

const isBelow = (lower: MeanInterval | undefined, upper: MeanInterval | undefined): boolean =>
  lower !== undefined &&
  upper !== undefined &&
  Math.min(lower.values, upper.values) >= FEWEST_SEEDS &&
  lower.high < upper.low;

const minus = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b;

const mostOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
};
