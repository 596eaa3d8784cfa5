import type { Rules } from "../../task/rules-spec.js";
import type { Interaction } from "../interaction.js";

const MILLISECONDS_A_DAY = 86_400_000;

/** Ids that are blocked, and those that the history has seen, by the moment `at`. */
export function keptOut(
  { seen, blocked = [] }: Pick<Rules, "seen" | "blocked">,
  history: readonly Interaction[],
  at: number,
): ReadonlySet<string> {
  const ids = new Set(blocked);
  if (!seen) return ids;
  const since = at - (seen.days ?? Number.POSITIVE_INFINITY) * MILLISECONDS_A_DAY;
  for (const interaction of history) {
    if (interaction.at >= since && seen.kinds.includes(interaction.kind)) ids.add(interaction.itemId);
  }
  return ids;
}
