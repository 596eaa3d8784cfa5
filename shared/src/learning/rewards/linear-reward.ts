import type { TaskSpec } from "../../task/task-spec.js";
import type { Interaction } from "../interaction.js";
import { magnitude } from "./magnitude.js";

/**
 * w · m: the weight of the kind × magnitude. A rating of 1 to 5 stars counts from −1 to 1, a dwell grows up to 1 at a
 * minute, every other kind counts 1. Kinds without a weight, and impressions by themselves, earn 0.
 */
export const linearReward = (
  weights: TaskSpec["reward"]["weights"],
  interaction: Pick<Interaction, "kind" | "value">,
): number => (weights[interaction.kind] ?? 0) * magnitude(interaction);
