import {
  createCatalogue,
  createTaskModel,
  finish,
  type Interaction,
  initialParameters,
  loggedValue,
  type MetricName,
  measureReceived,
  networkShape,
  parseTask,
  referenceEngine,
  seededRandom,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { train } from "../../src/training/trainer.js";

const IDS = ["a", "b", "c"];
/** The last one is new to the history. */
const ITEMS = [...IDS, "d"];
const history: readonly Interaction[] = IDS.flatMap((itemId, position) => [
  { kind: "impression", itemId, at: 1000, recommendationId: "r", propensity: 0.5, position },
  { kind: "click", itemId, at: 2000 + position, recommendationId: "r" },
]);

async function measuredBy(names: readonly MetricName[]) {
  const parsed = parseTask({
    name: "measured",
    catalogue: { features: [{ name: "kind", kind: "categorical", values: ITEMS }] },
    model: { embedding: 2, hidden: 2, historyLength: 2 },
    learning: { localSteps: 1, minimumInteractions: 1 },
    privacy: { metrics: names.map((name) => ({ name, minimum: -1 })) },
  });
  if (!parsed.ok) throw new Error("the task is refused");
  const { task } = parsed;
  const items = ITEMS.map((id) => ({ id, features: { kind: id } }));
  const catalogue = createCatalogue(task.catalogue.features, items);
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const parameters = initialParameters(networkShape(task), 1);
  const version = { taskHash: "ab", modelVersion: 7 };
  const options = { model, parameters, history, random: seededRandom(1), version };
  const trained = await train(options, new AbortController().signal);
  if (!trained.ok) throw new Error(trained.reason);
  return {
    measured: trained.measured,
    logged: finish(loggedValue(options)),
    received: finish(measureReceived(options)),
  };
}

describe("what a training run measures", () => {
  it("is the logged value of the model as received, where the task asks for either half of it", async () => {
    for (const name of ["ips", "ips-weight"] as const) {
      const { measured, logged } = await measuredBy([name]);
      expect(logged?.reward).toBeGreaterThan(0);
      expect(measured.ips).toBe(logged?.reward);
      expect(measured["ips-weight"]).toBe(logged?.impressions);
    }
  });

  it("is a sketch of the slate by the signs of the version that was received", async () => {
    const { measured, received } = await measuredBy(["exposure"]);
    expect(received.exposure).toBeDefined();
    expect(measured.exposure).toBe(received.exposure);
  });

  it("is nothing that the task does not ask for", async () => {
    const { measured } = await measuredBy([]);
    expect(measured.ips).toBeUndefined();
    expect(measured["ips-weight"]).toBeUndefined();
  });
});
