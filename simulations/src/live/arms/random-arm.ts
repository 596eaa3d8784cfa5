import { type Random, seededRandom, type TaskSpec } from "@tacit/shared";
import type { LivePolicy } from "../live-policy.js";
import type { LiveArm } from "./arm.js";
import { scoredPolicy } from "./scored-policy.js";

/** Every order is as likely; an epsilon of 1 says so in the propensities as well. */
export const uniformPolicy = (exploration: TaskSpec["exploration"], random: Random): LivePolicy =>
  scoredPolicy(exploration, (_, rows) => rows.map(() => random.uniform()));

/** Learns nothing. */
export const randomArm: LiveArm = ({ spec, task }) => ({
  train: async () => uniformPolicy(task.exploration, seededRandom(spec.seed)),
});
