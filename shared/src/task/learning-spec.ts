import * as v from "valibot";
import { below, positive, positiveUpTo, whole, wholeWithin, within } from "./numbers.js";
import { objectiveSchema } from "./objective-spec.js";
import { updateSchema } from "./update-spec.js";

/** How a client trains. */
export const learningSchema = v.strictObject({
  objective: v.optional(objectiveSchema, { kind: "actor-critic" }),
  localSteps: whole(1, 10_000, 20),
  /** Passes over a history, in whole batches: long histories take more steps, at most `localSteps`. None when left out. */
  localEpochs: v.optional(within(0.01, 1000)),
  batchSize: whole(1, 4096, 16),
  learningRate: positive(10, 0.01),
  /** The most that a step's gradient may be long; a longer one is shortened. Any length when left out. */
  gradientClip: v.optional(positiveUpTo(1e6)),
  optimiser: v.optional(v.picklist(["sgd", "momentum", "adam"]), "adam"),
  /** Of the optimiser `momentum`. */
  momentum: v.optional(below(1), 0.9),
  /** Items drawn uniformly from the catalogue beside each action. */
  candidates: whole(1, 4096, 31),
  /** No action counts more than this against its logged propensity. */
  importanceClip: positive(1000, 5),
  /** Items that people are shown at once, about; 1 when left out. The unit of returns where V stands for the future. */
  slateLength: v.optional(wholeWithin(1, 1000)),
  minimumInteractions: whole(1, 1_000_000, 5),
  /** Every parameter when left out. */
  update: v.optional(updateSchema),
});
