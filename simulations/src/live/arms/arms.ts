import type { Arm } from "./arm.js";
import { centralisedArm } from "./centralised-arm.js";
import { federatedOpenArm, federatedPrivateArm } from "./federated-arm.js";
import { localOnlyArm } from "./local-only-arm.js";
import { oracleArm } from "./oracle-arm.js";
import { popularityArm } from "./popularity-arm.js";
import { randomArm } from "./random-arm.js";

/** What is compared, from who knows least to who knows most. */
export const ARMS: readonly Arm[] = [
  randomArm,
  popularityArm,
  localOnlyArm,
  federatedPrivateArm,
  federatedOpenArm,
  centralisedArm,
  oracleArm,
];
