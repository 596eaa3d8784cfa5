import { trajectories } from "@tacit/shared";
import type { LiveArm } from "./arm.js";
import { liveRules } from "./live-rules.js";
import { scoredPolicy } from "./scored-policy.js";

/** Impressions of an average item that each item starts with, so that few of them say little. */
const PRIOR = 10;

/** The mean reward of each item over everybody's logs, in the open: the best that is the same for everybody. */
export const popularityArm: LiveArm = ({ task, catalogue }) => ({
  async train(logs) {
    const [earned, shown] = [new Float64Array(catalogue.size), new Float64Array(catalogue.size)];
    for (const history of logs) {
      for (const { action, reward } of trajectories(task, catalogue, history)) {
        earned[action] = (earned[action] ?? 0) + reward;
        shown[action] = (shown[action] ?? 0) + 1;
      }
    }
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    const average = sum(earned) / Math.max(1, sum(shown));
    const means = earned.map((all, row) => (all + PRIOR * average) / ((shown[row] ?? 0) + PRIOR));
    return scoredPolicy(
      task.exploration,
      (_, rows) => rows.map((row) => means[row] ?? average),
      liveRules(task, catalogue),
    );
  },
});
