import type { TaskSpec } from "../task/task-spec.js";
import type { Interaction } from "./interaction.js";

const SECONDS_OF_FULL_DWELL = 60;

/**
 * The linear reward model: weight of the kind × magnitude. A rating of 1 to 5 stars counts from −1 to 1, a dwell
 * grows up to 1 at a minute, every other kind counts 1. Kinds without a weight, and impressions by themselves, earn 0.
 */
export function reward(task: Pick<TaskSpec, "reward">, interaction: Interaction): number {
  return (task.reward.weights[interaction.kind] ?? 0) * magnitude(interaction);
}

/** How much of its kind an interaction is: from −1 to 1 for a rating, from 0 to 1 for a dwell, 1 for all else. */
export function magnitude({ kind, value }: Interaction): number {
  if (kind === "rating") return Math.max(-1, Math.min(1, ((value ?? 3) - 3) / 2));
  if (kind === "dwell") return Math.max(0, Math.min(1, (value ?? 0) / SECONDS_OF_FULL_DWELL));
  return 1;
}
