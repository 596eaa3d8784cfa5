import type { PrivacyMode } from "@tacit/shared";
import type { Estimate } from "../evaluation/estimate.js";
import type { MetricName } from "../evaluation/evaluate.js";
import type { ArmName, SimulationResult } from "../run/simulation-result.js";
import type { HeardMetrics } from "../virtual/run/heard-metrics.js";

interface Spent {
  /** Infinite, and null in JSON, where nothing is promised. */
  readonly epsilon: number;
  readonly delta: number;
}

/** What `--json` prints. */
export interface JsonResult {
  readonly arms: readonly {
    readonly name: ArmName;
    readonly metrics: Readonly<Record<MetricName, Estimate>>;
    readonly lead: Readonly<Record<MetricName, Estimate>>;
    /** The mean over users for each evaluation seed. */
    readonly bySeed: readonly Readonly<Record<MetricName, number>>[];
  }[];
  readonly mode: PrivacyMode;
  readonly privacy: { readonly coordinator: Spent; readonly releases: Spent };
  readonly rounds: number;
  /** Secure aggregation, all rounds together; null where updates are not masked. */
  readonly aggregation: {
    readonly cohorts: number;
    readonly dropped: number;
    readonly checkedSecrets: number;
  } | null;
  /** What sums told of the metrics that the task names; absent where there are none. */
  readonly heard?: HeardMetrics;
  readonly clients: number;
  readonly bytesPerUpdate: number;
  readonly environment: string;
  readonly engine: string;
  readonly seed: number;
  readonly evaluationSeeds: readonly number[];
  readonly seconds: number;
}

export function jsonResult(result: SimulationResult): JsonResult {
  const { task, arms, privacy, rounds, clients, bytesPerUpdate, environment, engine, seed, evaluationSeeds } =
    result;
  return {
    arms: arms.map(({ name, evaluation: { metrics, bySeed }, lead }) => ({ name, metrics, lead, bySeed })),
    mode: task.privacy.mode,
    privacy: {
      coordinator: { epsilon: privacy.coordinator.epsilon, delta: privacy.coordinator.delta },
      releases: { epsilon: privacy.releases.epsilon, delta: privacy.releases.delta },
    },
    rounds,
    aggregation: aggregationOf(result),
    ...(result.heard && { heard: result.heard }),
    clients,
    bytesPerUpdate,
    environment,
    engine,
    seed,
    evaluationSeeds,
    seconds: result.seconds,
  };
}

function aggregationOf({ cohorts }: SimulationResult): JsonResult["aggregation"] {
  if (cohorts.length === 0) return null;
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  return {
    cohorts: cohorts.length,
    dropped: total(cohorts.map(({ dropped }) => dropped.length)),
    checkedSecrets: total(cohorts.map(({ checkedSecrets }) => checkedSecrets)),
  };
}
