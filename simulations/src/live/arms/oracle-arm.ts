import type { Arm } from "./arm.js";

/** Knows each person's true expected reward of every item by itself, now: what no policy can see. */
export const oracleArm: Arm = {
  name: "oracle",
  begin: ({ catalogue }) => ({
    train: async () => ({
      score: ({ person }, rows) => rows.map((row) => person.expectedReward([catalogue.ids[row] ?? ""])),
    }),
  }),
};
