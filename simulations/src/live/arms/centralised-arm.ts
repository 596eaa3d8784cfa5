import { createTaskModel, initialParameters } from "@tacit/shared";
import { trainCentrally } from "../../baselines/centralised.js";
import { drawCohort } from "../../virtual/clock/draw-cohort.js";
import type { LiveArm } from "./arm.js";
import { networkPolicy } from "./network-policy.js";

/** One model on everybody's pooled logs, by as many steps as the federation's clients take together. No privacy. */
export const centralisedArm: LiveArm = (setting) => {
  const { task, generations, spec, progress } = setting;
  const { seed } = spec;
  const model = createTaskModel(setting);
  let parameters = initialParameters(model.shape, task.model.seed);
  return {
    async train(logs) {
      const rounds = Math.ceil(task.rounds / generations);
      const cohort = (round: number) => drawCohort(seed, round, logs.length, task.cohort.size, () => true);
      parameters = trainCentrally({
        ...setting,
        seed,
        task: { ...task, rounds },
        parameters,
        historiesOf(round) {
          progress(round, rounds, `round ${round}/${rounds}`);
          return cohort(round).map((client) => logs[client] ?? []);
        },
      });
      const trained = parameters;
      return networkPolicy(model, () => trained);
    },
    result: () => ({ parameters }),
  };
};
