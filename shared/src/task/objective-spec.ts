import * as v from "valibot";
import { real } from "./numbers.js";

/** Of one term of a loss. */
const weight = (fallback: number) => real(0, 1000, fallback);

const actorCritic = v.strictObject({
  kind: v.literal("actor-critic"),
  policyWeight: weight(0.1),
  valueWeight: weight(0.5),
  entropyWeight: weight(0.01),
  nextItemWeight: weight(1),
});

/** What local training minimises: its kind, with the fields that this kind has (docs/learning/objectives.md). */
export const objectiveSchema = v.variant(
  "kind",
  [actorCritic],
  'must be an object with a known kind and its own fields, such as { "kind": "actor-critic" }',
);
