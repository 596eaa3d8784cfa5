import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import type { Interaction } from "../../src/learning/interaction.js";
import { finish } from "../../src/learning/local-training.js";
import { bucketsOf, itemBuckets } from "../../src/learning/prior/item-buckets.js";
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

function measured(names: readonly MetricName[], history = HISTORY, modelVersion = 0) {
  const parsed = parseTask({
    name: "measured",
    catalogue: { features: [{ name: "kind", kind: "categorical", values: ["a", "b", "c"] }] },
    model: { prior: { buckets: 64 } },
    privacy: { metrics: names.map((name) => ({ name, minimum: -1 })) },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const catalogue = createCatalogue(task.catalogue.features, items);
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const parameters = initialParameters(model.shape, 1);
  // Three marks of item-4, one of all else.
  for (const bucket of bucketsOf(itemBuckets(catalogue, 64), 4)) {
    parameters[parameters.length - 64 + bucket] = Math.log(3);
  }
  const version = { taskHash: "ab", modelVersion };
  return finish(measureReceived({ model, parameters, history, random: seededRandom(1), version }));
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

  it("is how popular the slate is by the received prior, and signs that are others with every version", () => {
    const once = measured(["novelty", "popularity-lift", "exposure"]);
    // Of what the slate may hold, everything is as popular; of three thirds of the history, the ratings of item-4 more.
    expect(once.novelty).toBeGreaterThan(Math.log2(30));
    expect(once["popularity-lift"]).toBeLessThan(0);
    const sketches = Array.from(
      { length: 40 },
      (_, version) => measured(["exposure"], HISTORY, version).exposure ?? 2,
    );
    expect(sketches[0]).toBe(once.exposure);
    const mean = sketches.reduce((sum, sketch) => sum + sketch, 0) / sketches.length;
    const square = sketches.reduce((sum, sketch) => sum + sketch ** 2, 0) / sketches.length;
    // One client's ten different items: Σ p² = 1/10, within four standard errors over forty versions.
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(0.1 / 40));
    expect(Math.abs(square - 0.1)).toBeLessThan(4 * 0.1 * Math.sqrt(2 / 40));
  });

  it("takes for a user's taste what was taken to, not what was shown", () => {
    const dramas = Array.from({ length: 9 }, (_, i) => ({
      kind: "impression" as const,
      itemId: `item-${3 * i}`,
      at: i + 1,
    }));
    const clicked = { kind: "click" as const, itemId: "item-1", at: 20 };
    const found = measured(["miscalibration"], [...dramas, clicked]).miscalibration ?? Number.NaN;
    // Nothing but kind b was taken: it is the logarithm of how much of the slate is of it, whatever that is.
    const shares = Array.from({ length: 11 }, (_, places) => places / 10);
    const distances = shares.map((share) => Math.abs(found + Math.log(0.99 * share + 0.01)));
    expect(Math.min(...distances)).toBeLessThan(1e-9);
  });

  it("is nothing that the task does not ask for, and nothing that an empty history could tell", () => {
    const nothing = Object.values(measured([])).filter((value) => value !== undefined);
    expect(nothing).toEqual([]);
    const empty = Object.values(measured(METRIC_NAMES, [])).filter((value) => value !== undefined);
    expect(empty).toEqual([]);
  });
});
