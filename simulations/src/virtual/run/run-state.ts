import type { ModelVersion } from "@tacit/server";
import type { MetricSum } from "@tacit/shared";
import type { Attendance } from "../columns/attendance.js";
import type { RoundMeasures } from "../round/measures.js";

/** One committed round, in numbers that depend on the spec only. */
export interface RoundReport extends RoundMeasures {
  readonly modelVersion: number;
  /** Virtual seconds from the version before to this one, failed cohorts and waiting included. */
  readonly virtualSeconds: number;
  readonly invited: number;
  /** Of the invited: offline when they were ready; too slow; in the cohort and gone before the sum. */
  readonly lost: number;
  readonly late: number;
  readonly dropped: number;
  /** Cohorts before that gave no sum. */
  readonly failedCohorts: number;
  /** Of the client that took part most often, against whoever sees the models; null: nothing is promised. */
  readonly epsilon: number | null;
  /** As the sum told them, through its noise; absent where the task names none. */
  readonly metrics?: readonly MetricSum[];
  /** HR@10 of a sample, where it was looked at. */
  readonly hitRate?: number;
}

/** A run between two rounds; all that the next round depends on beside the spec. */
export interface RunState {
  readonly head: ModelVersion;
  readonly attendance: Attendance;
  /** Virtual seconds since the run began. */
  readonly now: number;
  /** Cohorts drawn so far, the failed ones included. */
  readonly cohorts: number;
  readonly mostParticipations: number;
  readonly initialHitRate: number;
  readonly rounds: readonly RoundReport[];
}
