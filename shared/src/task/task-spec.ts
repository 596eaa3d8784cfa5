import * as v from "valibot";
import { aggregationSchema } from "./aggregation-spec.js";
import { catalogueSchema } from "./catalogue-spec.js";
import { cohortSchema } from "./cohort-spec.js";
import { contextSchema } from "./context-spec.js";
import { deliverySchema } from "./delivery-spec.js";
import { explorationSchema } from "./exploration-spec.js";
import { learningSchema } from "./learning-spec.js";
import { modelSchema } from "./model-spec.js";
import { whole } from "./numbers.js";
import { privacySchema } from "./privacy-spec.js";
import { rewardSchema } from "./reward-spec.js";
import { rulesSchema } from "./rules-spec.js";

/** The document both sides validate, hash and agree on. Every section may be left out: its defaults are safe. */
export const taskSpecSchema = v.strictObject({
  format: v.optional(v.literal(1), 1),
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits and hyphens, at most 64"),
  ),
  catalogue: catalogueSchema,
  /** Without it a state is its events alone. */
  context: v.optional(contextSchema),
  model: v.optional(modelSchema, {}),
  learning: v.optional(learningSchema, {}),
  reward: v.optional(rewardSchema, {}),
  exploration: v.optional(explorationSchema, {}),
  /** None when left out. */
  rules: v.optional(rulesSchema),
  privacy: v.optional(privacySchema, {}),
  cohort: v.optional(cohortSchema, {}),
  aggregation: v.optional(aggregationSchema, {}),
  /** Without it versions are served whole, in single precision. */
  delivery: v.optional(deliverySchema),
  rounds: whole(1, 1_000_000, 10),
});

/** A validated task: every default filled in. */
export type TaskSpec = v.InferOutput<typeof taskSpecSchema>;

/** What an author writes: defaults may be left out. */
export type TaskSpecInput = v.InferInput<typeof taskSpecSchema>;
