import type { LiveArm } from "./arm.js";

/** Knows each person's true expected reward of every item by itself, now: what no policy can see. */
export const oracleArm: LiveArm = ({ catalogue }) => ({
  train: async () => ({
    score: ({ person }, rows) => rows.map((row) => person.expectedReward([catalogue.ids[row] ?? ""])),
  }),
});
