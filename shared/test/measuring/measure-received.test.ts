import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import type { Interaction } from "../../src/learning/interaction.js";
import { finish } from "../../src/learning/local-training.js";
import { createTaskModel } from "../../src/learning/task-model.js";
import { measureReceived } from "../../src/measuring/measure-received.js";
import { initialParameters } from "../../src/network/initial-parameters.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { seededRandom } from "../../src/random/random.js";
import { METRIC_NAMES, type MetricName } from "../../src/task/metric-name.js";
import { parseTask } from "../../src/task/parse-task.js";

const items = Array.from({ length: 30 }, (_, i) => ({
  id: `item-${i}`,
  features: { kind: ["a", "b", "c"][i % 3] ?? "a" },
}));
const HOUR = 3_600_000;
/** Two sessions, two days apart: a slate of two items, one of them clicked and bought; later another one rated. */
const HISTORY: readonly Interaction[] = [
  { kind: "impression", itemId: "item-1", at: HOUR, recommendationId: "r", position: 0, propensity: 0.5 },
  { kind: "impression", itemId: "item-2", at: HOUR, recommendationId: "r", position: 1, propensity: 0.5 },
  { kind: "click", itemId: "item-2", at: 2 * HOUR, recommendationId: "r" },
  { kind: "purchase", itemId: "item-2", at: 2 * HOUR + 1, recommendationId: "r" },
  { kind: "rating", itemId: "item-4", at: 50 * HOUR, value: 5 },
  { kind: "rating", itemId: "item-5", at: 400 * HOUR, value: 4 },
];

function measured(names: readonly MetricName[], history = HISTORY) {
  const parsed = parseTask({
    name: "measured",
    catalogue: { features: [{ name: "kind", kind: "categorical", values: ["a", "b", "c"] }] },
    privacy: { metrics: names.map((name) => ({ name })) },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const catalogue = createCatalogue(task.catalogue.features, items);
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const parameters = initialParameters(model.shape, 1);
  return finish(measureReceived({ model, parameters, history, random: seededRandom(1) }));
}

describe("what a client measures for the cohort's sums", () => {
  it("is all that the task may name, each from its own history and the received model", () => {
    const all = measured(METRIC_NAMES);
    const found = new Map(Object.entries(all));
    for (const name of METRIC_NAMES) {
      // Those two come of training; and this user is cold.
      if (["loss", "reward", "hit-rate-warm", "hit-rate-heavy"].includes(name)) continue;
      expect(Number.isFinite(found.get(name)), name).toBe(true);
    }
    expect(all).toMatchObject({
      "click-rate": 0.5,
      "conversion-rate": 1,
      satisfaction: 0.75,
      "return-rate": 0.5,
      // A click and a purchase: 6; ratings of 5 and 4 stars: 1.5.
      "cumulative-reward": 7.5,
    });
    expect(all["hit-rate-cold"]).toBe(all["hit-rate"]);
    expect(all["hit-rate-warm"]).toBeUndefined();
    expect(all.diversity).toBeGreaterThanOrEqual(0);
  });

  it("is nothing that the task does not ask for, and nothing that an empty history could tell", () => {
    const nothing = Object.values(measured([])).filter((value) => value !== undefined);
    expect(nothing).toEqual([]);
    const empty = Object.values(measured(METRIC_NAMES, [])).filter((value) => value !== undefined);
    expect(empty).toEqual([]);
  });
});
