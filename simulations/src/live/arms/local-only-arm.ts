import { createTaskModel, initialParameters } from "@tacit/shared";
import { trainAlone } from "../../baselines/local-only.js";
import { hashOf, PURPOSE } from "../../virtual/coins.js";
import type { LiveArm } from "./arm.js";
import { networkPolicy } from "./network-policy.js";

/** What suits one client by itself, which has no cohort to be averaged with; far more steps learn the few events by heart. */
const ALONE = { optimiser: "adam", learningRate: 0.02, localSteps: 50, batchSize: 16 } as const;

/** Each person's model learns from that person's log alone, from the initial parameters on, when it is first needed. */
export const localOnlyArm: LiveArm = (setting) => {
  const { task, spec } = setting;
  const model = createTaskModel(setting);
  const initial = initialParameters(model.shape, task.model.seed);
  const learning = { ...task.learning, ...ALONE, localEpochs: undefined };
  return {
    async train(logs) {
      const train = trainAlone({ ...setting, task: { ...task, learning }, participations: 1 });
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
