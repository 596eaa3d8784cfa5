import { createTaskModel, initialParameters } from "@tacit/shared";
import { trainCentrallyInSteps } from "../../baselines/centralised-in-steps.js";
import { drawCohort } from "../../virtual/clock/draw-cohort.js";
import { hashOf, PURPOSE } from "../../virtual/coins.js";
import type { LiveArm } from "./arm.js";
import { networkPolicy } from "./network-policy.js";

/** One model on everybody's pooled logs, by as many steps as the federation's clients take together. No privacy. */
export const centralisedArm: LiveArm = (setting) => {
  const { task, generations, spec } = setting;
  const model = createTaskModel(setting);
  const roundsBy = (generation: number) => Math.round((task.rounds * generation) / generations);
  let parameters = initialParameters(model.shape, task.model.seed);
  let generation = 0;
  return {
    async train(logs) {
      const [from, until] = [roundsBy(generation), roundsBy(generation + 1)];
      generation++;
      parameters = await trainCentrallyInSteps({
        ...setting,
        parameters,
        historiesOf: (round) =>
          drawCohort(spec.seed, round, logs.length, task.cohort.size, () => true).map(
            (client) => logs[client] ?? [],
          ),
        // Each generation has coins of its own; those of the first are the seed's, as they are where it is the only one.
        seed: from === 0 ? spec.seed : hashOf(spec.seed, PURPOSE.training, from, 0),
        from,
        until,
      });
      const trained = parameters;
      return networkPolicy(model, () => trained);
    },
    result: () => ({ parameters }),
  };
};
