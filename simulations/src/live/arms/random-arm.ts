import { type Random, seededRandom } from "@tacit/shared";
import type { LivePolicy } from "../live-policy.js";
import type { LiveArm } from "./arm.js";

/** Every order is as likely; {@link play} with an epsilon of 1 says so in its propensities as well. */
export const uniformPolicy = (random: Random): LivePolicy => ({
  score: (_, rows) => rows.map(() => random.uniform()),
});

/** Learns nothing. */
export const randomArm: LiveArm = ({ spec }) => ({
  train: async () => uniformPolicy(seededRandom(spec.seed)),
});
