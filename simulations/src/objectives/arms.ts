import type { TaskSpecInput } from "@tacit/shared";

export type ObjectiveInput = NonNullable<NonNullable<TaskSpecInput["learning"]>["objective"]>;

/** Without the term that imitates what was liked. */
const BY_REWARD = { policyWeight: 1, nextItemWeight: 0 };

/** The objectives that are put to each problem, by name. Slates are of one item. */
export const ARMS: Readonly<Record<string, ObjectiveInput>> = {
  "actor-critic": { kind: "actor-critic" },
  "actor-critic, by reward": { kind: "actor-critic", ...BY_REWARD },
  "actor-critic, by reward, V-trace": { kind: "actor-critic", ...BY_REWARD, trace: {} },
  "policy-gradient": { kind: "policy-gradient", topK: 1 },
  ppo: { kind: "ppo" },
  "q-learning": { kind: "q-learning" },
  "implicit-q-learning": { kind: "implicit-q-learning" },
  "self-supervised-actor-critic": { kind: "self-supervised-actor-critic", nextItemWeight: 0.1 },
};
