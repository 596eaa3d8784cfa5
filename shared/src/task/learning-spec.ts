import * as v from "valibot";
import { below, positive, real, whole } from "./numbers.js";

/** How a client trains. */
export const learningSchema = v.strictObject({
  objective: v.optional(v.literal("actor-critic"), "actor-critic"),
  localSteps: whole(1, 10_000, 20),
  batchSize: whole(1, 4096, 16),
  learningRate: positive(10, 0.01),
  optimiser: v.optional(v.picklist(["sgd", "momentum", "adam"]), "adam"),
  /** Of the optimiser `momentum`. */
  momentum: v.optional(below(1), 0.9),
  /** Items drawn uniformly from the catalogue beside each action. */
  candidates: whole(1, 4096, 31),
  importanceClip: positive(1000, 5),
  policyWeight: real(0, 1000, 0.1),
  valueWeight: real(0, 1000, 0.5),
  entropyWeight: real(0, 1000, 0.01),
  nextItemWeight: real(0, 1000, 1),
  minimumInteractions: whole(1, 1_000_000, 5),
});
