import type { LiveEnvironment } from "../../environments/live-environment.js";
import { ARM_KINDS, type Arm } from "../../scenario/arm.js";
import type { LiveArm } from "./arm.js";
import { baselineArm } from "./baseline-arm.js";
import { centralisedArm } from "./centralised-arm.js";
import { federatedArm } from "./federated-arm.js";
import { localOnlyArm } from "./local-only-arm.js";
import { oracleArm } from "./oracle-arm.js";
import { popularityArm } from "./popularity-arm.js";
import { randomArm } from "./random-arm.js";

type LiveKind = Exclude<Arm["kind"], "initial" | "baseline">;

const ARMS: Readonly<Record<LiveKind, LiveArm>> = {
  random: randomArm,
  popularity: popularityArm,
  "local-only": localOnlyArm,
  federated: federatedArm,
  centralised: centralisedArm,
  oracle: oracleArm,
};

/** What can be played with people who respond, beside the baseline that an environment may bring. */
export const LIVE_ARMS: readonly LiveKind[] = ARM_KINDS.filter(
  (kind) => kind !== "initial" && kind !== "baseline",
);

/** @throws RangeError for an arm that is not one of {@link LIVE_ARMS}, nor the environment's baseline. */
export function liveArm(arm: Arm, { name, baseline }: Pick<LiveEnvironment, "name" | "baseline">): LiveArm {
  if (arm.kind === "initial") throw new RangeError("an untrained model is not played live");
  if (arm.kind !== "baseline") return ARMS[arm.kind];
  if (baseline?.name !== arm.name) throw new RangeError(`${name} has no baseline ${arm.name}`);
  return baselineArm(baseline);
}
