import type { LiveArm } from "./arm.js";
import { liveRules } from "./live-rules.js";
import { scoredPolicy } from "./scored-policy.js";

/** Knows each person's true expected reward of every item by itself, now: what no policy can see. */
export const oracleArm: LiveArm = ({ task, catalogue }) => ({
  train: async () =>
    scoredPolicy(
      task.exploration,
      ({ person }, rows) => rows.map((row) => person.expectedReward([catalogue.ids[row] ?? ""])),
      liveRules(task, catalogue),
    ),
});
