import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/catalogue/catalogue.js";
import { clientUpdate } from "../../../src/learning/client-update.js";
import type { Interaction } from "../../../src/learning/interaction.js";
import { trainLocally } from "../../../src/learning/local-training.js";
import { policyScores } from "../../../src/learning/policy-scores.js";
import { bucketsOf, itemBuckets } from "../../../src/learning/prior/item-buckets.js";
import { priorLogits } from "../../../src/learning/prior/prior-logits.js";
import { currentState } from "../../../src/learning/state.js";
import { createTaskModel } from "../../../src/learning/task-model.js";
import { initialParameters } from "../../../src/network/initial-parameters.js";
import { referenceEngine } from "../../../src/network/reference-engine.js";
import { seededRandom } from "../../../src/random/random.js";
import { parseTask } from "../../../src/task/parse-task.js";

const BUCKETS = 64;
const items = ["a", "b", "c", "d"].map((id) => ({ id, features: { genre: id } }));
const taskWith = (more: object) =>
  parseTask({
    name: "films",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: ["a", "b", "c", "d"] }] },
    model: { prior: { buckets: BUCKETS }, ...more },
    learning: { minimumInteractions: 1, candidates: 2, localSteps: 4 },
  });

const parsed = taskWith({});
if (!parsed.ok) throw new Error("valid");
const { task } = parsed;
const catalogue = createCatalogue(task.catalogue.features, items);
const model = createTaskModel({ task, catalogue, engine: referenceEngine });
const { prior } = model.scoring().network;
if (!prior) throw new Error("there is no prior");
const initial = initialParameters(model.shape, 1);
const buckets = itemBuckets(catalogue, BUCKETS);
const click = (itemId: string, at: number): Interaction => ({ kind: "click", itemId, at });

describe("an item prior", () => {
  it("ranks for a user of whom nothing is known, by the least of each item's buckets", () => {
    const parameters = initial.slice();
    const counts = new Float32Array(BUCKETS);
    for (const row of catalogue.ids.keys()) {
      for (const bucket of bucketsOf(buckets, row)) counts[bucket] = (counts[bucket] ?? 0) + row;
    }
    priorLogits(counts, 1, parameters.subarray(prior.offset));
    const nobody = currentState(task, catalogue, [], 0);
    const { logits } = policyScores(model, parameters, nobody, Int32Array.of(0, 1, 2, 3));
    for (const row of [1, 2, 3]) {
      expect((logits[row] ?? 0) - (logits[0] ?? 0)).toBeCloseTo(Math.log(1 + row), 5);
    }
  });

  it("is the last block of the parameters, and no training moves it", () => {
    expect(prior.offset + prior.rows).toBe(initial.length);
    const history = [click("a", 1), click("b", 2), click("a", 3)];
    const trained = trainLocally({ model, parameters: initial, history, random: seededRandom(1) });
    if (!trained.ok) throw new Error("enough");
    const moved = trained.parameters.map((value, i) => value - (initial[i] ?? 0));
    expect(moved.subarray(prior.offset).every((cell) => cell === 0)).toBe(true);
    expect(moved.some((cell) => cell !== 0)).toBe(true);
  });

  it("has in an update what the client found good, each once, at a length of 1", () => {
    const history = [
      click("a", 1),
      click("b", 2),
      click("a", 3),
      { ...click("c", 4), kind: "skip" } as const,
    ];
    const update = clientUpdate(model, initial, initial.slice(), history).subarray(prior.offset);
    const marked = new Set([0, 1].flatMap((row) => [...bucketsOf(buckets, row)]));
    for (const [bucket, mark] of update.entries()) {
      expect(mark).toBeCloseTo(marked.has(bucket) ? 1 / Math.sqrt(marked.size) : 0, 6);
    }
    expect(Math.hypot(...update)).toBeCloseTo(1, 6);
  });

  it("is refused in a task that brings its own network", () => {
    const refused = taskWith({ layers: { layersModel: {} } });
    expect(refused.ok).toBe(false);
  });
});

describe("the logits of a histogram", () => {
  it("are logarithms of smoothed shares, and what noise has pushed below zero counts as nothing", () => {
    const logits = new Float32Array(4);
    priorLogits([7, 3, -3, 0], 1, logits);
    expect((logits[0] ?? 0) - (logits[1] ?? 0)).toBeCloseTo(Math.log(2), 6);
    expect(logits[2]).toBe(logits[3]);
    expect((logits[1] ?? 0) - (logits[2] ?? 0)).toBeCloseTo(Math.log(4), 6);
    expect(logits.reduce((sum, logit) => sum + logit, 0)).toBeCloseTo(0, 5);
  });
});
