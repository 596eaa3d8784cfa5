import type { Catalogue, Engine, Interaction, TaskSpec } from "@tacit/shared";
import type { EngineChoice } from "../../population/engine-choice.js";
import type { Played, TrialOptions } from "../../scenario/scenario.js";
import type { TrainingSpec } from "../../virtual/run/run-spec.js";
import type { LivePolicy } from "../live-policy.js";

/** What an arm may learn with. */
interface ArmSetting extends TrialOptions {
  readonly spec: TrainingSpec;
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  /** For threads, the one that `engine` came from. */
  readonly engineChoice: EngineChoice;
  readonly workers: number;
  /** Times that {@link ArmRun.train} will be called. */
  readonly generations: number;
  /** The reward a visit that a policy would earn with the people who are judged, from what is logged by now to the end. */
  judge(policy: LivePolicy): number;
}

/** Histories by the number of the person. */
export type Logs = readonly (readonly Interaction[])[];

/** An arm at work: one generation after the other learns from what is logged by then. */
interface ArmRun {
  train(logs: Logs): Promise<LivePolicy>;
  /** What there is to say of the training, after the last one. */
  result?(): Partial<Pick<Played, "course" | "privacy" | "heard" | "modelHash" | "clip" | "parameters">>;
}

/** A way of coming to a policy from logs. */
export type LiveArm = (setting: ArmSetting) => ArmRun;
