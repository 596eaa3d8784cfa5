import type { BanditLog } from "../log/bandit-log.js";
import { type EvaluatedPolicy, fixedPolicy } from "./evaluated-policy.js";

/** Every item is as likely at every place. */
export function uniformPolicy({ items, places, positions }: BanditLog): EvaluatedPolicy {
  const distribution = new Float64Array(items.length).fill(1 / items.length);
  return fixedPolicy(
    positions,
    Array.from({ length: places }, () => distribution),
    "every item as likely",
  );
}
