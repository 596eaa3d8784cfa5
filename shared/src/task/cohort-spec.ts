import * as v from "valibot";
import { below, positive, whole } from "./numbers.js";

/** Whose updates are summed. */
export const cohortSchema = v.strictObject({
  size: whole(1, 100_000, 100),
  /** Fewest contributors to one version (U_min); the noise shares are calibrated to it, or to a group's part of it. */
  minimum: whole(1, 100_000, 80),
  /** Random parts, each masked and opened by itself, so that `aggregation.combine` has several means to compare. */
  groups: whole(1, 10_000, 1),
  /** Of the clients behind one sum: of each group, where there are several, and they do not spread evenly. */
  corruptFraction: v.optional(below(1), 0),
  /** What the coordinator is taken to do beside looking on: nothing, or lie to single clients once they showed their keys. */
  adversary: v.optional(v.picklist(["semi-honest", "semi-malicious"]), "semi-honest"),
  /** 0: synchronous FedAvg; more: buffered, updates may be this many versions old (FedBuff). */
  maximumStaleness: whole(0, 1000, 0),
  timeoutSeconds: positive(86_400, 60),
});
