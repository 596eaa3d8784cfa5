import {
  createCatalogue,
  createTaskModel,
  type Interaction,
  initialParameters,
  networkShape,
  parseTask,
  referenceEngine,
  seededRandom,
  type TaskSpecInput,
  trainLocally,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { trainAlone } from "../../src/baselines/local-only.js";

const VALUES = ["a", "b", "c", "d"];

function setting(learning: TaskSpecInput["learning"]) {
  const parsed = parseTask({
    name: "alone",
    catalogue: { features: [{ name: "kind", kind: "categorical", values: VALUES }] },
    model: { embedding: 2, hidden: 2, historyLength: 2 },
    learning: { candidates: 3, minimumInteractions: 2, ...learning },
    rounds: 30,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const items = VALUES.map((id) => ({ id, features: { kind: id } }));
  return { task, catalogue: createCatalogue(task.catalogue.features, items), engine: referenceEngine };
}

const history = (length: number): Interaction[] =>
  Array.from({ length }, (_, i) => ({ kind: "click", itemId: VALUES[(i * i) % 4] ?? "", at: i * 1000 }));

/** The steps of Adam after which a history's training is where `train` ends. */
function stepsOf(given: ReturnType<typeof setting>, participations: number, length: number): number {
  const parameters = initialParameters(networkShape(given.task), 1);
  const trained = trainAlone({ ...given, participations })(parameters, history(length), 7);
  for (let localSteps = 1; localSteps <= 200; localSteps++) {
    const learning = {
      ...given.task.learning,
      optimiser: "adam",
      learningRate: 0.02,
      batchSize: 16,
    } as const;
    const { localEpochs: _, gradientClip: __, ...plain } = learning;
    const model = createTaskModel({ ...given, task: { ...given.task, learning: { ...plain, localSteps } } });
    const result = trainLocally({ model, parameters, history: history(length), random: seededRandom(7) });
    if (result.ok && result.parameters.every((value, i) => value === trained[i])) return localSteps;
  }
  throw new Error("no number of steps ends there");
}

describe("each client alone", () => {
  it("takes as many steps as in the whole federation", () => {
    expect(stepsOf(setting({ localSteps: 6 }), 9, 10)).toBe(54);
  });

  it("takes twenty at least, however short its history and however few the passes over it", () => {
    expect(stepsOf(setting({ localSteps: 6 }), 1, 10)).toBe(20);
    expect(stepsOf(setting({ localSteps: 40, localEpochs: 1 }), 1, 20)).toBe(20);
  });

  it("takes as many passes as in the whole federation, and is not held to the length of the federation's gradients", () => {
    expect(stepsOf(setting({ localSteps: 40, localEpochs: 1, gradientClip: 0.001 }), 30, 20)).toBe(60);
  });
});
