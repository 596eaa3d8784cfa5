import { currentState, personalState, policyScores, type TaskModel } from "@tacit/shared";
import type { LivePolicy } from "../live-policy.js";

/** The policy network with the parameters of each person, in the state that their device would see. */
export function networkPolicy(model: TaskModel, parametersOf: (index: number) => Float32Array): LivePolicy {
  const { task, catalogue } = model;
  return {
    score({ index, history, visit }, rows) {
      const parameters = parametersOf(index);
      const told = currentState(task, catalogue, history, visit.at, visit.context);
      const state = personalState(model, parameters, history, told);
      return policyScores(model, parameters, state, Int32Array.from(rows)).logits;
    },
  };
}
