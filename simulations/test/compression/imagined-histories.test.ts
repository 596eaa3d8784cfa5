import {
  createCatalogue,
  initialParameters,
  networkShape,
  parseTask,
  referenceEngine,
  seededRandom,
  type TaskSpecInput,
} from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imaginedHistories } from "../../src/compression/imagined-histories.js";
import { rankerOf } from "../../src/compression/ranker.js";
import { sharedTop, topItems } from "../../src/compression/top-items.js";

const ITEMS = 20;

function rankerWith(more: Partial<TaskSpecInput> = {}) {
  const parsed = parseTask({
    name: "shop",
    catalogue: { features: [{ name: "size", kind: "numeric", minimum: 0, maximum: ITEMS }] },
    model: { embedding: 4, hidden: 4 },
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const items = Array.from({ length: ITEMS }, (_, size) => ({ id: String(size), features: { size } }));
  const parameters = initialParameters(networkShape(task), 1);
  const model = { task, modelVersion: 1, parameters, clip: 1 };
  return rankerOf(model, createCatalogue(task.catalogue.features, items), referenceEngine);
}

const imagine = (more: Partial<TaskSpecInput>, seed: number) => [
  ...imaginedHistories(rankerWith(more), 3, seededRandom(seed)),
];

describe("imagined histories", () => {
  it("are of the catalogue's items, an hour apart, and the same for the same seed", () => {
    const histories = imagine({}, 1);
    expect(histories).toHaveLength(3);
    for (const history of histories) {
      expect(history.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5].map((hour) => 3_600_000 * hour));
      for (const { itemId } of history) expect(Number(itemId)).toBeLessThan(ITEMS);
    }
    expect(imagine({}, 1)).toEqual(histories);
    expect(imagine({}, 2)).not.toEqual(histories);
  });

  it.each([
    [{ click: 1, purchase: 5 }, "click"],
    [{ click: 0, purchase: 5 }, "purchase"],
    [{ rating: 1 }, "rating"],
    [{ dwell: 1 }, "dwell"],
  ] as const)("under the weights %j are made of what is worth something: %s", (weights, kind) => {
    const kinds = imagine({ reward: { weights } }, 1).flatMap((history) =>
      history.map((event) => event.kind),
    );
    expect(new Set(kinds)).toEqual(new Set([kind]));
  });
});

describe("the first items of two rankings", () => {
  const top = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 10, maxLength: 10 });

  it("are all the same, whatever their order, or a share of them, whichever is asked", () => {
    fc.assert(
      fc.property(top, top, (one, other) => {
        expect(sharedTop([one], [one.toReversed()])).toEqual({ mean: 1, standardError: 0 });
        expect(sharedTop([one], [other])).toEqual(sharedTop([other], [one]));
      }),
    );
  });

  it("are those of the highest scores of all items", () => {
    const [history = []] = imagine({}, 1);
    const ranked = topItems(rankerWith(), history, ITEMS);
    expect(ranked.toSorted((a, b) => a - b)).toEqual(Array.from({ length: ITEMS }, (_, row) => row));
    expect(topItems(rankerWith(), history, 5)).toEqual(ranked.slice(0, 5));
  });
});
