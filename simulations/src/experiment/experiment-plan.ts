import type { TaskOverrides } from "../task-defaults/task-overrides.js";
import type { RunOptions } from "../virtual/run/prepare-run.js";
import type { Arm } from "./arm.js";

/** A task among others that a sweep goes through. */
export interface Variation {
  /** Its settings, or "" where there is one task only. */
  readonly name: string;
  readonly overrides: TaskOverrides;
}

/** Every arm of every variation, once with every seed. */
export interface ExperimentPlan {
  readonly population: Omit<RunOptions, "seed" | "epsilon" | "privacy" | "path" | "engine">;
  readonly variations: readonly Variation[];
  readonly arms: readonly Arm[];
  readonly seeds: readonly number[];
  /** Clients that every arm is judged on. */
  readonly users: number;
}
