import type { SealingPlan, TaskSpec } from "@tacit/shared";

/**
 * `fast` sums sealed updates without noise and adds that of the whole cohort once; `protocol` seals as the SDK does and
 * sums by the real secure aggregation.
 */
export const PATHS = ["fast", "protocol"] as const;
export type Path = (typeof PATHS)[number];

/** All that a client's part in a round depends on beside its history and the model. */
export interface RoundSpec {
  readonly task: TaskSpec;
  readonly taskHash: string;
  /** With the noise that the run has, possibly none. */
  readonly plan: SealingPlan;
  readonly path: Path;
  /** People for whom each client stands: the cohort's noise is that of so many more. */
  readonly standsFor: number;
  readonly seed: number;
}

/** What the clients of a round are given: a model version, and the numbers of those that are in the sum. */
export interface RoundWork {
  /** The version that they train from. */
  readonly modelVersion: number;
  /** As the version holds them (`joinVersion`). */
  readonly parameters: Float32Array;
  readonly clients: Uint32Array;
}
