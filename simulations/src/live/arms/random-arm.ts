import { type Random, seededRandom, type TaskSpec } from "@tacit/shared";
import type { LivePolicy } from "../live-policy.js";
import type { LiveArm } from "./arm.js";
import { type LiveRules, liveRules } from "./live-rules.js";
import { scoredPolicy } from "./scored-policy.js";

/** Every order is as likely; an epsilon of 1 says so in the propensities as well. */
export const uniformPolicy = (
  exploration: TaskSpec["exploration"],
  random: Random,
  rulesOf?: LiveRules,
): LivePolicy => scoredPolicy(exploration, (_, rows) => rows.map(() => random.uniform()), rulesOf);

/** Learns nothing. */
export const randomArm: LiveArm = ({ spec, task, catalogue }) => ({
  train: async () => uniformPolicy(task.exploration, seededRandom(spec.seed), liveRules(task, catalogue)),
});
