import type { Catalogue, Engine, Interaction, TaskSpec } from "@tacit/shared";
import type { EngineChoice } from "../../population/engine-choice.js";
import type { ClockSpec } from "../../virtual/clock/clock-spec.js";
import type { SpentPrivacy } from "../../virtual/run/run-plan.js";
import type { LivePolicy } from "../live-policy.js";

/** What an arm may learn with. */
interface ArmSetting {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  /** For threads, the one that `engine` came from. */
  readonly engineChoice: EngineChoice;
  readonly workers: number;
  readonly clock: ClockSpec;
  /** Times that {@link ArmRun.train} will be called. */
  readonly generations: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Histories by the number of the person. */
export type Logs = readonly (readonly Interaction[])[];

/** An arm at work: one generation after the other learns from what is logged by then. */
interface ArmRun {
  train(logs: Logs): Promise<LivePolicy>;
  /** After the last training; null where nothing is promised. */
  privacy?(): SpentPrivacy | null;
}

/** A way of coming to a policy from logs. */
export interface Arm {
  readonly name: string;
  begin(setting: ArmSetting): ArmRun;
}
