import {
  type Interaction,
  type PolicyScores,
  personalState,
  policyScores,
  type State,
  type TaskModel,
} from "@tacit/shared";

/** Scores in tasks with personal parameters, whose code pages of other tasks never load. */
export function personalScores(
  networks: TaskModel,
  parameters: Float32Array,
  history: readonly Interaction[],
  told: State,
  candidates: Int32Array,
): PolicyScores {
  return policyScores(networks, parameters, personalState(networks, parameters, history, told), candidates);
}
