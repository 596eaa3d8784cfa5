import { ARM_KINDS, type Arm } from "../../scenario/arm.js";
import type { LiveArm } from "./arm.js";
import { centralisedArm } from "./centralised-arm.js";
import { federatedArm } from "./federated-arm.js";
import { localOnlyArm } from "./local-only-arm.js";
import { oracleArm } from "./oracle-arm.js";
import { popularityArm } from "./popularity-arm.js";
import { randomArm } from "./random-arm.js";

type LiveKind = Exclude<Arm["kind"], "initial">;

const ARMS: Readonly<Record<LiveKind, LiveArm>> = {
  random: randomArm,
  popularity: popularityArm,
  "local-only": localOnlyArm,
  federated: federatedArm,
  centralised: centralisedArm,
  oracle: oracleArm,
};

/** What can be played with people who respond. */
export const LIVE_ARMS: readonly LiveKind[] = ARM_KINDS.filter((kind) => kind !== "initial");

/** @throws RangeError for an arm that is not one of {@link LIVE_ARMS}. */
export function liveArm({ kind }: Arm): LiveArm {
  if (kind === "initial") throw new RangeError("an untrained model is not played live");
  return ARMS[kind];
}
