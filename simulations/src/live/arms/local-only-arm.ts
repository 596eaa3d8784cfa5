import { createTaskModel, initialParameters } from "@tacit/shared";
import { expectedParticipations, trainAlone } from "../../baselines/local-only.js";
import { hashOf, PURPOSE } from "../../virtual/coins.js";
import type { LiveArm } from "./arm.js";
import { networkPolicy } from "./network-policy.js";

/** Each person's model learns from that person's log alone, from the initial parameters on, when it is first needed. */
export const localOnlyArm: LiveArm = (setting) => {
  const { task, spec } = setting;
  const model = createTaskModel(setting);
  const initial = initialParameters(model.shape, task.model.seed);
  return {
    async train(logs) {
      const train = trainAlone({ ...setting, participations: expectedParticipations(task, logs.length) });
      const own = new Map<number, Float32Array>();
      return networkPolicy(model, (index) => {
        const known = own.get(index);
        if (known) return known;
        const trained = train(initial, logs[index] ?? [], hashOf(spec.seed, PURPOSE.training, 0, index));
        own.set(index, trained);
        return trained;
      });
    },
  };
};
