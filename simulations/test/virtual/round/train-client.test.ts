import {
  clientUpdate,
  createCatalogue,
  createTaskModel,
  finish,
  type Interaction,
  initialParameters,
  measureReceived,
  networkShape,
  parameterBlocks,
  parameterCount,
  parseTask,
  referenceEngine,
  seededRandom,
  structuredUpdate,
  taskHash,
  trainLocally,
  updateLength,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { Stopwatch } from "../../../src/virtual/round/stopwatch.js";
import { clientTrainer } from "../../../src/virtual/round/train-client.js";

const IDS = ["a", "b", "c"];
const parsed = parseTask({
  name: "measured",
  catalogue: { features: [{ name: "kind", kind: "categorical", values: IDS }] },
  model: { embedding: 2, hidden: 2, historyLength: 2 },
  learning: { localSteps: 1, minimumInteractions: 1 },
  privacy: { metrics: [{ name: "ips" }, { name: "ips-weight" }] },
});
if (!parsed.ok) throw new Error("the task is refused");
const { task } = parsed;
const PERSONAL = { vector: true, bias: true, steps: 5, learningRate: 0.5 };
const items = IDS.map((id) => ({ id, features: { kind: id } }));
const catalogue = createCatalogue(task.catalogue.features, items);

describe("a virtual client", () => {
  it("measures the logged value of the model it receives, as its SDK does", () => {
    const train = clientTrainer({
      task,
      catalogue,
      engine: referenceEngine,
      stopwatch: new Stopwatch({ unpack: 0, trajectories: 0, training: 0, sealing: 0, summing: 0 }),
    });
    const history: readonly Interaction[] = [
      { kind: "impression", itemId: "a", at: 1, recommendationId: "r", propensity: 0.5, position: 0 },
      { kind: "click", itemId: "a", at: 2, recommendationId: "r" },
    ];
    // A model of zeros: of equal scores the first is best, shown with 0.9 + 0.1 / 3.
    const flat = new Float32Array(parameterCount(networkShape(task)));
    const measured = train({ modelVersion: 0, parameters: flat }, history, 1)?.measured;
    expect(measured?.ips).toBeCloseTo((0.9 + 0.1 / 3) / 0.5, 12);
    expect(measured?.["ips-weight"]).toBeCloseTo((0.9 + 0.1 / 3) / 0.5, 12);
  });

  it("measures what its slate is by the signs of the version that it receives", () => {
    const sketching = {
      ...task,
      privacy: { ...task.privacy, metrics: [{ name: "exposure" as const, minimum: -1, maximum: 1 }] },
    };
    const stopwatch = new Stopwatch({ unpack: 0, trajectories: 0, training: 0, sealing: 0, summing: 0 });
    const train = clientTrainer({ task: sketching, catalogue, engine: referenceEngine, stopwatch });
    const history: readonly Interaction[] = [{ kind: "click", itemId: "a", at: 1 }];
    const parameters = initialParameters(networkShape(sketching), 1);
    const model = createTaskModel({ task: sketching, catalogue, engine: referenceEngine });
    for (let modelVersion = 0; modelVersion < 8; modelVersion++) {
      const version = { taskHash: taskHash(sketching), modelVersion };
      const options = { model, parameters, history, random: seededRandom(1), version };
      const { exposure } = finish(measureReceived(options));
      expect(exposure).toBeDefined();
      expect(train({ modelVersion, parameters }, history, 1)?.measured.exposure).toBe(exposure);
    }
  });

  it.each([
    ["as long as the user's", PERSONAL],
    ["of one number", { ...PERSONAL, size: 1 }],
  ])("learns what is shared beside a personal vector %s as its SDK does", (_, own) => {
    const personal = { ...task, model: { ...task.model, personal: own } };
    const stopwatch = new Stopwatch({ unpack: 0, trajectories: 0, training: 0, sealing: 0, summing: 0 });
    const train = clientTrainer({ task: personal, catalogue, engine: referenceEngine, stopwatch });
    const history = ["a", "b", "a", "c", "a", "b"].map(
      (itemId, at): Interaction => ({ kind: "click", itemId, at }),
    );
    const received = initialParameters(networkShape(personal), 1);
    const model = createTaskModel({ task: personal, catalogue, engine: referenceEngine });
    const random = seededRandom(1);
    const sdk = trainLocally({ model, parameters: received, history, random });
    if (!sdk.ok) throw new Error("nothing was trained");
    const update = sdk.parameters.map((value, i) => value - (received[i] ?? 0));
    expect(train({ modelVersion: 0, parameters: received }, history, 1)?.update).toEqual(update);
  });

  it("trains and hands over what the task leaves of an update, as its SDK does", () => {
    const learning = { ...task.learning, update: { kind: "low-rank", rank: 1, redraw: true } as const };
    const restricted = { ...task, learning };
    const stopwatch = new Stopwatch({ unpack: 0, trajectories: 0, training: 0, sealing: 0, summing: 0 });
    const train = clientTrainer({ task: restricted, catalogue, engine: referenceEngine, stopwatch });
    const history = ["a", "b", "a", "c"].map((itemId, at): Interaction => ({ kind: "click", itemId, at }));
    const received = initialParameters(networkShape(restricted), 1);
    const model = createTaskModel({ task: restricted, catalogue, engine: referenceEngine });
    const trainedFrom = { task: restricted, taskHash: "ab", modelVersion: 2 };
    const structure = structuredUpdate(trainedFrom, parameterBlocks(restricted));
    const options = { model, parameters: received, history, random: seededRandom(1), structure };
    const sdk = trainLocally(options);
    if (!sdk.ok) throw new Error("nothing was trained");
    const update = clientUpdate(model, received, sdk.parameters, history, structure);
    expect(update).toHaveLength(updateLength(restricted));
    expect(update.length).toBeLessThan(received.length);
    expect(train({ modelVersion: 2, parameters: received }, history, 1, structure)?.update).toEqual(update);
  });
});
