import * as v from "valibot";
import { positive, real, whole } from "./numbers.js";

/** Of one term of a loss. */
const weight = (fallback: number) => real(0, 1000, fallback);

/** V-trace: the most that one action counts in a target, and the most that a trace through it does. */
const traceSchema = v.strictObject({ rhoClip: positive(1000, 1), cClip: positive(1000, 1) });

/** What local training minimises: its kind, with the fields that this kind has (docs/learning/objectives.md). */
export const objectiveSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("actor-critic"),
    policyWeight: weight(0.1),
    valueWeight: weight(0.5),
    entropyWeight: weight(0.01),
    nextItemWeight: weight(1),
    /** One-step targets when left out. */
    trace: v.optional(traceSchema),
  }),
  v.strictObject({
    kind: v.literal("policy-gradient"),
    /** K, items of a slate; 1 corrects nothing. */
    topK: whole(1, 1000, 10),
    valueWeight: weight(0.5),
    entropyWeight: weight(0.01),
  }),
  v.strictObject({
    kind: v.literal("ppo"),
    ratioClip: real(0, 1, 0.2),
    /** λ of the advantages. */
    lambda: real(0, 1, 0.95),
    valueWeight: weight(0.5),
    entropyWeight: weight(0.01),
  }),
  v.strictObject({
    kind: v.literal("q-learning"),
    /** α of the conservative penalty. */
    penalty: weight(0.03),
  }),
  v.strictObject({
    kind: v.literal("implicit-q-learning"),
    expectile: real(0.5, 1, 0.9),
    /** β: how sharply the policy prefers what has an advantage. */
    sharpness: weight(10),
    /** No action counts more than this by its advantage. */
    advantageClip: positive(1e6, 100),
    valueWeight: weight(1),
  }),
  v.strictObject({
    kind: v.literal("self-supervised-actor-critic"),
    nextItemWeight: weight(1),
    policyWeight: weight(1),
    criticWeight: weight(1),
    valueWeight: weight(0.5),
  }),
]);

/** One of the objectives, its defaults filled in. */
export type ObjectiveSpec = v.InferOutput<typeof objectiveSchema>;

/** The fields of one kind. */
export type ObjectiveOf<Kind extends ObjectiveSpec["kind"]> = Extract<ObjectiveSpec, { kind: Kind }>;

/** Whether an objective learns Q(s, a) beside a policy, and so has parameters for it. */
export const hasCritic = ({ kind }: Pick<ObjectiveSpec, "kind">): boolean =>
  kind === "implicit-q-learning" || kind === "self-supervised-actor-critic";

/** Whether logits are what an action is worth beyond V(s), and not unnormalised ln π(a|s): Q(s, a) = V(s) + logit. */
export const logitsAreAdvantages = ({ kind }: Pick<ObjectiveSpec, "kind">): boolean => kind === "q-learning";
