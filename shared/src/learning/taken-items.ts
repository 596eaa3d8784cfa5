import type { Transition } from "./trajectories.js";

/**
 * Rows of the items that a history found something good in, actions with a reward above 0, each once. What was merely shown, or
 * skipped, is somebody else's choice and says nothing of taste.
 */
export const takenItems = (transitions: readonly Pick<Transition, "action" | "reward">[]): number[] => [
  ...new Set(transitions.flatMap(({ action, reward }) => (reward > 0 ? action : []))),
];
