import type { Interaction } from "../interaction.js";

export const SECONDS_OF_FULL_DWELL = 60;

/** How much of its kind an interaction is: from −1 to 1 for a rating, from 0 to 1 for a dwell, 1 for all else. */
export function magnitude({ kind, value }: Pick<Interaction, "kind" | "value">): number {
  if (kind === "rating") return Math.max(-1, Math.min(1, ((value ?? 3) - 3) / 2));
  if (kind === "dwell") return Math.max(0, Math.min(1, (value ?? 0) / SECONDS_OF_FULL_DWELL));
  return 1;
}
