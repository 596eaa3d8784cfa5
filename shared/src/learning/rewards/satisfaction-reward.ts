import type { Interaction } from "../interaction.js";
import { opinion } from "./opinion.js";

/**
 * weight · mean of what a session's ratings, dwells, likes, shares and skips say, from −weight to weight; 0 where nothing says
 * anything. (Lalmas, O'Brien, Yom-Tov 2014, "Measuring User Engagement")
 */
export function satisfactionReward(
  { weight }: { readonly weight: number },
  session: readonly Interaction[],
): number {
  const opinions = session.flatMap((interaction) => opinion(interaction) ?? []);
  if (opinions.length === 0) return 0;
  return (weight * opinions.reduce((sum, value) => sum + value, 0)) / opinions.length;
}
