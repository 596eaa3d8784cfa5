import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import type { Interaction } from "../../src/learning/interaction.js";
import { createTaskModel } from "../../src/learning/task-model.js";
import { heldOutRank } from "../../src/measuring/held-out-rank.js";
import { hitAt } from "../../src/metrics/ranking.js";
import { initialParameters } from "../../src/network/initial-parameters.js";
import { networkShape } from "../../src/network/network-shape.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { seededRandom } from "../../src/random/random.js";
import { parseTask } from "../../src/task/parse-task.js";

const parsed = parseTask({
  name: "hits",
  catalogue: { features: [{ name: "kind", kind: "categorical", values: ["a", "b"] }] },
  model: { embedding: 2, hidden: 2, historyLength: 2 },
});
if (!parsed.ok) throw new Error("the task is refused");
const { task } = parsed;
const shape = networkShape(task);

const catalogueOf = (items: number) =>
  createCatalogue(
    task.catalogue.features,
    Array.from({ length: items }, (_, i) => ({ id: `item-${i}`, features: { kind: i === 7 ? "a" : "b" } })),
  );
const click = (item: number, at: number): Interaction => ({ kind: "click", itemId: `item-${item}`, at });

function rankOf(items: number, history: readonly Interaction[], parameters: Float32Array, seed = 1) {
  const catalogue = catalogueOf(items);
  return heldOutRank({
    model: createTaskModel({ task, catalogue, engine: referenceEngine }),
    parameters,
    history,
    random: seededRandom(seed),
  });
}

function hit(items: number, history: readonly Interaction[], parameters: Float32Array, seed = 1) {
  const rank = rankOf(items, history, parameters, seed);
  return rank === undefined ? undefined : hitAt(rank, 10);
}

describe("a hit by the rank of a held-out item", () => {
  const flat = new Float32Array(initialParameters(shape, 1).length);

  it("is there for a tenth of the clients where the model knows nothing", () => {
    const hits = Array.from({ length: 400 }, (_, seed) => hit(200, [click(7, 1)], flat, seed) ?? 0);
    const share = hits.reduce<number>((sum, one) => sum + one, 0) / hits.length;
    expect(Math.abs(share - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / 400));
  });

  it("depends on the model alone where it tells the item from all others", () => {
    const verdicts = Array.from({ length: 20 }, (_, seed) => {
      const parameters = initialParameters(shape, seed);
      const draws = [1, 2, 3].map((draw) => hit(200, [click(7, 1), click(7, 2)], parameters, draw));
      expect(new Set(draws).size).toBe(1);
      return draws[0];
    });
    expect(new Set(verdicts)).toEqual(new Set([0, 1]));
  });

  it("stands among all others of a small catalogue, whatever the history holds that is not in it", () => {
    const ranks = (history: readonly Interaction[]) =>
      Array.from({ length: 400 }, (_, seed) => rankOf(8, history, flat, seed) ?? Number.NaN);
    const known = ranks([click(7, 1)]);
    expect(Math.max(...known)).toBe(7);
    expect(ranks([click(99, 0), click(7, 1)])).toEqual(known);
  });

  it("is certain among no more than ten, and unknown without anything that was found good", () => {
    expect(hit(10, [click(7, 1)], flat)).toBe(1);
    expect(hit(1, [click(0, 1)], flat)).toBe(1);
    expect(hit(10, [], flat)).toBeUndefined();
    expect(hit(10, [{ kind: "skip", itemId: "item-7", at: 1 }], flat)).toBeUndefined();
    expect(hit(10, [click(99, 1)], flat)).toBeUndefined();
  });
});
