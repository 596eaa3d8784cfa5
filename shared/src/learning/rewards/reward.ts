import type { TaskSpec } from "../../task/task-spec.js";
import type { Interaction } from "../interaction.js";
import { exponentialReward } from "./exponential-reward.js";
import { linearReward } from "./linear-reward.js";
import { signedReward } from "./signed-reward.js";

/**
 * What one interaction is worth by itself, under the task's immediate model. Where that is more than 0 it is an
 * engagement: something that states are made of. Long-term terms are not in it, so that no state depends on the future.
 */
export function reward(
  { reward: { model, weights } }: Pick<TaskSpec, "reward">,
  interaction: Pick<Interaction, "kind" | "value">,
): number {
  switch (model?.kind) {
    case "exponential":
      return exponentialReward(weights, model, interaction);
    case "signed":
      return signedReward(weights, model, interaction);
    default:
      return linearReward(weights, interaction);
  }
}
