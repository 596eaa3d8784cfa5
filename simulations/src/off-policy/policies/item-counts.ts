import type { BanditLog } from "../log/bandit-log.js";

/** What a log says of each item, all places together. */
export interface ItemCounts {
  readonly shown: Float64Array;
  readonly rewards: Float64Array;
}

/** Over the rounds outside of one fold. */
export function countItems(
  { items, actions, rewards }: BanditLog,
  fold: Int32Array,
  without: number,
): ItemCounts {
  const counts = { shown: new Float64Array(items.length), rewards: new Float64Array(items.length) };
  for (const [round, action] of actions.entries()) {
    if (fold[round] === without) continue;
    counts.shown[action] = (counts.shown[action] ?? 0) + 1;
    counts.rewards[action] = (counts.rewards[action] ?? 0) + (rewards[round] ?? 0);
  }
  return counts;
}
