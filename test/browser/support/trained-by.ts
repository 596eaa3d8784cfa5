import {
  createCatalogue,
  createTaskModel,
  type Engine,
  initialParameters,
  networkShape,
  seededRandom,
  trainLocally,
} from "@tacit/shared";
import { exampleTask, items } from "../../../client/test/support/example-task.js";

const STEPS = 10;

/** The parameters after some steps on the example task. */
export function trainedBy(engine: Engine): number[] {
  const task = exampleTask({
    model: { encoder: "gru", embedding: 7, hidden: 5, historyLength: 3 },
    // Adam would make a step of every rounding error.
    learning: {
      optimiser: "sgd",
      learningRate: 0.05,
      localSteps: STEPS,
      batchSize: 4,
      candidates: 3,
      minimumInteractions: 1,
    },
  });
  const catalogue = createCatalogue(task.catalogue.features, items);
  const history = items.map(({ id: itemId }, i) => ({ kind: "click", itemId, at: 1000 * i }) as const);
  const result = trainLocally({
    model: createTaskModel({ task, catalogue, engine }),
    parameters: initialParameters(networkShape(task), 1),
    history,
    random: seededRandom(1),
  });
  if (!result.ok) throw new Error(result.refused);
  return [...result.parameters];
}
