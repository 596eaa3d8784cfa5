import type { Baseline } from "../../environments/live-environment.js";
import type { LiveArm } from "./arm.js";
import { liveRules } from "./live-rules.js";
import { scoredPolicy } from "./scored-policy.js";

/** An environment's own rule, which learns nothing and sees no more of a visit than a policy does; it explores as the task says. */
export const baselineArm =
  ({ score }: Baseline): LiveArm =>
  ({ task, catalogue }) => ({
    train: async () =>
      scoredPolicy(
        task.exploration,
        ({ visit }, rows) => rows.map((row) => score(catalogue.ids[row] ?? "", visit)),
        liveRules(task, catalogue),
      ),
  });
