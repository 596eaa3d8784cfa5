import * as v from "valibot";
import { real } from "./numbers.js";

/** How slates try what the model is not sure of. */
export const explorationSchema = v.strictObject({
  kind: v.optional(v.literal("epsilon-greedy"), "epsilon-greedy"),
  epsilon: real(0, 1, 0.1),
});
