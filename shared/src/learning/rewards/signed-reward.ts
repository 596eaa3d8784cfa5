import type { SignedReward } from "../../task/reward-spec.js";
import type { TaskSpec } from "../../task/task-spec.js";
import type { Interaction } from "../interaction.js";
import { magnitude, SECONDS_OF_FULL_DWELL } from "./magnitude.js";

/**
 * r⁺ − λ r⁻ with r⁺ = w⁺ · max(m, 0) and r⁻ = w⁻ · max(−m, 0): what speaks for an item and what speaks against it are
 * weighed apart, and the latter λ times (Tversky & Kahneman 1992, "Advances in prospect theory", §2: λ = 2.25). Signed
 * magnitudes m: a rating from −1 to 1; a dwell from −1 for one that ended at once, over 0 at a short one, to 1 at a minute;
 * −1 for a skip; 1 for all else. A dwell of which nobody says how long it was says nothing.
 */
export function signedReward(
  weights: TaskSpec["reward"]["weights"],
  { negativeWeights, lossAversion, shortDwellSeconds }: SignedReward,
  interaction: Pick<Interaction, "kind" | "value">,
): number {
  const size = signedMagnitude(interaction, shortDwellSeconds);
  if (size >= 0) return (weights[interaction.kind] ?? 0) * size;
  const against: Partial<Record<Interaction["kind"], number>> = negativeWeights;
  return lossAversion * (against[interaction.kind] ?? 0) * size;
}

function signedMagnitude(interaction: Pick<Interaction, "kind" | "value">, short: number): number {
  const { kind, value } = interaction;
  if (kind === "skip") return -1;
  if (kind !== "dwell") return magnitude(interaction);
  if (value === undefined) return 0;
  if (value < short) return Math.max(0, value) / short - 1;
  return Math.min(1, (value - short) / (SECONDS_OF_FULL_DWELL - short));
}
