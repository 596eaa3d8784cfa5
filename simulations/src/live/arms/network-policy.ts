import { currentState, personalState, policyWalk, type TaskModel } from "@tacit/shared";
import type { LivePolicy } from "../live-policy.js";

/** The policy network with the parameters of each person, in the state, with the exploration and under the rules of their device. */
export function networkPolicy(model: TaskModel, parametersOf: (index: number) => Float32Array): LivePolicy {
  const { task, catalogue } = model;
  return {
    begin({ index, history, visit }, rows, random) {
      const parameters = parametersOf(index);
      const told = currentState(task, catalogue, history, visit.at, visit.context);
      const state = personalState(model, parameters, history, told);
      const candidates = Int32Array.from(rows);
      return policyWalk({ model, parameters, history, state, candidates, random }).walk;
    },
  };
}
