import type { LiveEnvironment } from "../environments/live-environment.js";
import { type MeanInterval, studentInterval } from "../evaluation/student-interval.js";
import type { SpentPrivacy } from "../virtual/run/run-plan.js";
import { LIVE_METRICS, type LiveMetric } from "./live-metrics.js";
import type { LivePlay } from "./play-environment.js";

/** One environment over several populations; plain data, as `--json` writes it. */
export interface LiveReport {
  readonly environment: string;
  readonly rewardMeaning: string;
  readonly seeds: readonly number[];
  /** People who were measured, by seed. */
  readonly persons: readonly number[];
  /** Of the first seed: others differ in `model.seed`. */
  readonly task: LivePlay["task"];
  readonly arms: readonly ArmReport[];
  /** Reward a visit without privacy minus that with it, seed by seed; null where one of them was not played. */
  readonly privacyCost: OverSeeds | null;
  /** Baselines whose interval of the reward a visit lies wholly below the private arm's. */
  readonly beaten: readonly string[];
}

interface OverSeeds extends MeanInterval {
  /** One a seed. */
  readonly values: readonly number[];
}

interface ArmReport {
  readonly name: string;
  /** By {@link LiveMetric}; null where there is nothing to count. */
  readonly metrics: Readonly<Record<string, OverSeeds | null>>;
  /** Of the first seed; null where nothing is promised. */
  readonly privacy: SpentPrivacy | null;
}

export const BASELINES: readonly string[] = ["random", "popularity", "local-only"];
const PRIVATE = "federated-private";
const OPEN = "federated-without-privacy";

/** @throws RangeError where nothing was played. */
export function liveReport(
  { name, rewardMeaning }: LiveEnvironment,
  seeds: readonly number[],
  plays: readonly LivePlay[],
): LiveReport {
  const [first] = plays;
  if (!first) throw new RangeError("nothing was played");
  const overSeeds = (arm: string, metric: LiveMetric) => intervalOf(valuesOf(plays, arm, metric));
  const [own, open] = [overSeeds(PRIVATE, "reward"), overSeeds(OPEN, "reward")];
  return {
    environment: name,
    rewardMeaning,
    seeds,
    persons: plays.map(({ persons }) => persons),
    task: first.task,
    arms: first.arms.map(({ name: arm, privacy }) => ({
      name: arm,
      metrics: Object.fromEntries(LIVE_METRICS.map((metric) => [metric, overSeeds(arm, metric)])),
      privacy,
    })),
    privacyCost: own && open && intervalOf(open.values.map((value, i) => value - (own.values[i] ?? 0))),
    beaten: BASELINES.filter((baseline) => {
      const other = overSeeds(baseline, "reward");
      return own !== null && other !== null && other.high < own.low;
    }),
  };
}

const valuesOf = (plays: readonly LivePlay[], arm: string, metric: LiveMetric): number[] =>
  plays.flatMap(({ arms }) => arms.find(({ name }) => name === arm)?.metrics[metric] ?? []);

const intervalOf = (values: readonly number[]): OverSeeds | null =>
  values.length === 0 ? null : { ...studentInterval(values), values };
