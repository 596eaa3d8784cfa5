import * as v from "valibot";
import { positive, whole, wholeWithin } from "./numbers.js";

/** Parameters that each device finds for itself, from its own history, and that never leave it. */
export const personalSchema = v.strictObject({
  /** Added to the user's vector. */
  vector: v.optional(v.boolean(), true),
  /** Of the vector, below `model.embedding`: it is then added by a projection that all share. As long, and as it is, when left out. */
  size: v.optional(wholeWithin(1, 255)),
  /** Added to the value of every state. */
  bias: v.optional(v.boolean(), true),
  /** Gradient steps from zero. */
  steps: whole(1, 1000, 50),
  /** Of those steps, relative to the length of items' vectors. */
  learningRate: positive(1, 1),
});
