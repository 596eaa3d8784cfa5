import {
  type Accountant,
  exactAccountant,
  pldAccountant,
  rdpAccountant,
  zcdpAccountant,
} from "@tacit/shared";
import { type Command, Option } from "commander";
import { between, orders } from "../command-line.js";
import type { MechanismOptions } from "./mechanism-options.js";

export const ACCOUNTANTS = ["rdp", "pld", "zcdp", "exact"] as const;

export interface AccountantOptions extends Pick<MechanismOptions, "mechanism"> {
  readonly accountant: (typeof ACCOUNTANTS)[number];
  readonly delta: number;
  readonly orders?: readonly number[];
}

/** The orders of the published accountant of sums of integer shares. */
const SHARE_ORDERS = [...Array.from({ length: 127 }, (_, i) => i + 2), 256];
const OF_SHARES: ReadonlySet<MechanismOptions["mechanism"]> = new Set([
  "distributed-discrete-gaussian",
  "skellam",
]);

/** Adds the flags that choose who counts. */
export function withAccountant(command: Command): Command {
  return command
    .addOption(new Option("--accountant <name>", "who counts").choices(ACCOUNTANTS).default("rdp"))
    .option("--orders <list>", "rdp: orders above 1, as 1.5,2.5,5 or 2..32", orders("--orders"));
}

export const withDelta = (command: Command): Command =>
  command.option("--delta <delta>", "between 0 and 1", between("--delta", 0, 1, "open"), 1e-5);

export function accountantOf({ accountant, mechanism, orders: asked }: AccountantOptions): Accountant {
  switch (accountant) {
    case "rdp":
      return rdpAccountant(asked ?? (OF_SHARES.has(mechanism) ? SHARE_ORDERS : undefined));
    case "pld":
      return pldAccountant;
    case "zcdp":
      return zcdpAccountant;
    case "exact":
      return exactAccountant;
  }
}
