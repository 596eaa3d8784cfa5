import type { Arm } from "../scenario/arm.js";
import type { Scenario } from "../scenario/scenario.js";
import type { TaskOverrides } from "../task-defaults/task-overrides.js";

/** A task among others that a sweep goes through. */
export interface Variation {
  /** Its settings, or "" where there is one task only. */
  readonly name: string;
  readonly overrides: TaskOverrides;
}

/** Every arm of every variation, once with every seed. */
export interface ExperimentPlan {
  readonly scenario: Scenario;
  readonly variations: readonly Variation[];
  readonly arms: readonly Arm[];
  readonly seeds: readonly number[];
}
