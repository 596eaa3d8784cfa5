import type { PrivacyStatement, TaskSpec } from "@tacit/shared";
import type { Estimate } from "../evaluation/estimate.js";
import type { Evaluation, MetricName } from "../evaluation/evaluate.js";
import type { CohortReport } from "../progress/progress.js";
import type { HeardMetrics } from "../virtual/run/heard-metrics.js";

export const ARMS = [
  "random",
  "popularity",
  "initial",
  "local-only",
  "federated-private",
  "centralised",
] as const;
export type ArmName = (typeof ARMS)[number];

export interface Arm {
  readonly name: ArmName;
  readonly evaluation: Evaluation;
  /** federated-private minus this arm, user by user. */
  readonly lead: Readonly<Record<MetricName, Estimate>>;
}

/** Everything that one run found out. */
export interface SimulationResult {
  readonly task: TaskSpec;
  readonly taskHash: string;
  readonly environment: string;
  readonly rewardMeaning: string;
  readonly clients: number;
  readonly users: number;
  readonly rounds: number;
  readonly parameters: Float32Array;
  readonly bytesPerUpdate: number;
  readonly privacy: { readonly coordinator: PrivacyStatement; readonly releases: PrivacyStatement };
  readonly arms: readonly Arm[];
  /** HR@10 of a sample of users after each round, from version 0. */
  readonly course: readonly number[];
  /** How each masked cohort was aggregated; empty where updates are not masked. */
  readonly cohorts: readonly CohortReport[];
  /** What the sums told of the metrics that the task names; undefined where there are none. */
  readonly heard: HeardMetrics | undefined;
  readonly engine: string;
  readonly workers: number;
  readonly seed: number;
  readonly evaluationSeeds: readonly number[];
  readonly seconds: number;
}
