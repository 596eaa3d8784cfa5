import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import type { Interaction } from "../../src/learning/interaction.js";
import { takenItems } from "../../src/learning/taken-items.js";
import { trajectories } from "../../src/learning/trajectories.js";
import { parseTask } from "../../src/task/parse-task.js";

const parsed = parseTask({
  name: "films",
  catalogue: { features: [{ name: "genre", kind: "categorical", values: ["drama"] }] },
  reward: { weights: { click: 1, rating: 1, skip: -0.1 } },
});
if (!parsed.ok) throw new Error("valid");
const { task } = parsed;
const ids = ["a", "b", "c", "d"];
const catalogue = createCatalogue(
  task.catalogue.features,
  ids.map((id) => ({ id, features: {} })),
);
const taken = (history: readonly Interaction[]) => takenItems(trajectories(task, catalogue, history));

const itemId = fc.constantFrom(...ids);
const at = fc.integer({ min: 0, max: 20 });
const recommendationId = fc.constantFrom("r", "s");
const engagement = fc.record({ kind: fc.constant("click"), itemId, at, recommendationId });
const ignored = fc.oneof(
  fc.record({ kind: fc.constant("impression"), itemId, at, recommendationId }),
  fc.record({ kind: fc.constant("skip"), itemId, at }),
);

describe("what a user has taken to", () => {
  it("is what was engaged with, each once, whatever was shown or skipped beside it", () => {
    fc.assert(
      fc.property(fc.array(engagement), fc.array(ignored), (engaged, beside) => {
        const rows = new Set(engaged.map((one) => ids.indexOf(one.itemId)));
        const found = taken([...beside, ...engaged]);
        expect(found).toHaveLength(rows.size);
        expect(new Set(found)).toEqual(rows);
      }),
    );
  });

  it("is what the task's own reward finds good: not an item that was clicked, and rated one star", () => {
    const shown = { itemId: "a", recommendationId: "r" };
    const history: Interaction[] = [
      { ...shown, kind: "impression", at: 0 },
      { ...shown, kind: "click", at: 1 },
      { ...shown, kind: "rating", value: 1, at: 2 },
    ];
    expect(taken(history.slice(0, 2))).toEqual([0]);
    expect(taken(history)).toEqual([]);
  });
});
