import type { Catalogue, Interaction } from "@tacit/shared";
import type { TaskOverrides } from "../task-defaults/task-overrides.js";
import type { PopulationSpec, TrainingSpec } from "../virtual/run/run-spec.js";
import type { Arm } from "./arm.js";
import type { LivePopulationSpec } from "./live-population-spec.js";
import type { Trial } from "./trial.js";

/** What is experimented on: who is learned from, and how a policy is judged. */
export interface Scenario {
  /** Kinds of arms that can be played. */
  readonly arms: readonly Arm["kind"][];
  /** Name of the arm of kind `baseline`, where it is one of these. */
  readonly baseline?: string | undefined;
  /** Clients that every arm is judged on, at most. */
  readonly users: number;
  /**
   * Makes the trial's task, and nothing that takes long.
   * @throws RefusedError, TaskRefusedError for options that do not go together; RangeError for an arm that is not one of `arms`.
   */
  prepare(request: TrialRequest): Promise<PreparedTrial>;
}

/** One arm of one task with one seed. */
interface TrialRequest {
  readonly arm: Arm;
  readonly seed: number;
  readonly overrides: TaskOverrides;
}

/** A trial that can be played. */
export interface PreparedTrial {
  readonly spec: TrialSpec;
  readonly catalogue: Catalogue;
  /** What one client did, for pictures. */
  sampleHistory(): readonly Interaction[];
  play(options: TrialOptions): Promise<Played>;
}

/** All that a trial's result depends on, beside its arm and who it is judged on: plain data. */
export interface TrialSpec extends TrainingSpec {
  readonly population: PopulationSpec | LivePopulationSpec;
  /** The engine's own name: engines agree to rounding errors only. */
  readonly engine: string;
  /** PROGRAM_VERSION of whoever plays it. */
  readonly program: string;
}

export interface TrialOptions {
  readonly signal: AbortSignal;
  readonly progress: TrialProgress;
}

/** Hears how far a trial is, and the newest word about it. */
export type TrialProgress = (done: number, of: number, news: string) => void;

/** What an arm came to, and the parameters it ranks by where it has any. */
export interface Played
  extends Pick<Trial, "metrics" | "users" | "course" | "privacy" | "heard" | "modelHash" | "clip"> {
  readonly parameters?: Float32Array;
}
