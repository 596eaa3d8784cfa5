import type { Interaction, TaskSpecInput } from "@tacit/shared";

export const DAY = 86_400_000;

/** The actor learns, and what it is rewarded for is all that differs. */
export const ACTING: TaskSpecInput["learning"] = {
  batchSize: 128,
  importanceClip: 1,
  objective: {
    kind: "actor-critic",
    policyWeight: 1,
    valueWeight: 0.5,
    nextItemWeight: 0,
  },
};

type Followed = Pick<Interaction, "kind" | "value">;

/** An item that was shown with this probability, and what came of it. */
export function visit(
  itemId: string,
  at: number,
  propensity: number,
  followed: readonly Followed[],
): Interaction[] {
  const event = { itemId, at, recommendationId: `${at}` };
  return [{ ...event, kind: "impression", propensity }, ...followed.map((what) => ({ ...event, ...what }))];
}
