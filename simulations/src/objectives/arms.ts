import type { TaskSpecInput } from "@tacit/shared";

export type ObjectiveInput = NonNullable<NonNullable<TaskSpecInput["learning"]>["objective"]>;

/** Without the term that imitates what was liked. */
const BY_REWARD = { policyWeight: 1, nextItemWeight: 0 };

/**
 * The objectives that are put to each problem, by name: each with its defaults, and what suits slates of one item that hold their
 * propensities.
 */
export const ARMS: Readonly<Record<string, ObjectiveInput>> = {
  "actor-critic": { kind: "actor-critic" },
  "actor-critic, by reward": { kind: "actor-critic", ...BY_REWARD },
  "actor-critic, by reward, V-trace": { kind: "actor-critic", ...BY_REWARD, trace: {} },
  "policy-gradient": { kind: "policy-gradient" },
  "policy-gradient, top 1": { kind: "policy-gradient", topK: 1 },
  ppo: { kind: "ppo" },
  "q-learning": { kind: "q-learning" },
  "implicit-q-learning": { kind: "implicit-q-learning" },
  "self-supervised-actor-critic": { kind: "self-supervised-actor-critic" },
  "self-supervised-actor-critic, next item 0.1": {
    kind: "self-supervised-actor-critic",
    nextItemWeight: 0.1,
  },
};
