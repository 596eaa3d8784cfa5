import { createCatalogue } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/datasets/dataset.js";
import { implicitFeedback } from "../../src/datasets/implicit-feedback.js";
import { itemIds } from "../../src/datasets/item-ids.js";
import { newItems } from "../../src/datasets/new-items.js";
import { validation } from "../../src/datasets/validation.js";
import { replayClients } from "../../src/environments/dataset-replay.js";

const dataset: Dataset = {
  name: "two films",
  features: [{ name: "genre", kind: "categorical", values: ["Drama"], buckets: 0 }],
  items: [
    { id: "a", features: { genre: "Drama" } },
    { id: "b", features: { genre: "Drama" } },
  ],
  relations: [],
  histories: new Map([
    [
      "u",
      [
        { kind: "rating", itemId: "a", value: 1, at: 1 },
        { kind: "dwell", itemId: "b", value: 30, at: 2 },
      ],
    ],
  ]),
  users: new Map(),
  report: { files: [], rows: 2, duplicates: 0, badRows: 0, badRowList: [], itemsWithoutFeatures: 0 },
};

describe("a view of a data set", () => {
  it("takes every rating for a choice, and leaves other events alone", () => {
    expect(implicitFeedback(dataset).histories.get("u")).toEqual([
      { kind: "click", itemId: "a", at: 1 },
      { kind: "dwell", itemId: "b", value: 30, at: 2 },
    ]);
  });

  it("tells items apart that are described alike", () => {
    const rowsOf = ({ features, items }: Dataset) => {
      const catalogue = createCatalogue(features, items);
      return [0, 1].map((row) => [
        ...catalogue.features.subarray(row * catalogue.width, (row + 1) * catalogue.width),
      ]);
    };
    const [alikeA, alikeB] = rowsOf(dataset);
    expect(alikeA).toEqual(alikeB);
    const [a, b] = rowsOf(itemIds(dataset));
    expect(a).not.toEqual(b);
  });

  it("hashes the ids of a catalogue that is wider than a feature may be", () => {
    const items = Array.from({ length: 5000 }, (_, i) => ({ id: `item-${i}`, features: {} }));
    expect(itemIds({ ...dataset, items }).features.at(-1)).toMatchObject({ values: [], buckets: 4096 });
  });

  it("keeps new items for the end: they are in no history but as what evaluation holds out", () => {
    const ids = Array.from({ length: 40 }, (_, i) => `item-${i}`);
    const click = (itemId: string, at: number) => ({ kind: "click" as const, itemId, at });
    const many = {
      ...dataset,
      items: ids.map((id) => ({ id, features: { genre: "Drama" } })),
      histories: new Map(ids.map((id, i) => [`u${i}`, [...ids.map(click), click(id, 99)]] as const)),
    };
    const seen = newItems(many, 0.25);
    expect(seen.items).toHaveLength(40);
    const before = new Set(
      [...seen.histories.values()].flatMap((all) => all.slice(0, -1).map((one) => one.itemId)),
    );
    expect(before.size).toBeGreaterThan(20);
    expect(before.size).toBeLessThan(40);
    expect([...seen.histories.values()].map((all) => all.at(-1)?.itemId)).toEqual(ids);
  });

  it("holds out the item before the latest for validation, and knows nothing of the latest", () => {
    const click = (itemId: string, at: number) => ({ kind: "click" as const, itemId, at });
    const histories = new Map([
      ["three items", [click("c", 1), click("a", 2), click("b", 3), click("c", 4)]],
      ["one item twice", [click("a", 1), click("a", 2)]],
      ["nothing", []],
    ]);
    const seen = validation({ ...dataset, histories });
    expect([...seen.histories.keys()]).toEqual([...histories.keys()]);
    const clients = replayClients(seen, 10);
    expect(clients).toEqual([
      {
        id: "three items",
        history: [click("a", 2)],
        heldOut: click("b", 3),
        touched: new Set(["a", "b"]),
      },
    ]);
  });

  it("holds out the latest that its user took to: not what was shown, disliked or skipped after it", () => {
    const after = [
      { kind: "rating", itemId: "c", value: 2, at: 3 },
      { kind: "skip", itemId: "d", at: 4 },
      { kind: "impression", itemId: "e", at: 5 },
    ] as const;
    const liked = { kind: "rating", itemId: "b", value: 5, at: 2 } as const;
    const before = { kind: "rating", itemId: "a", value: 1, at: 1 } as const;
    const histories = new Map([
      ["u", [before, liked, ...after]],
      ["nothing liked", [before, ...after]],
    ]);
    const clients = replayClients({ ...dataset, histories }, 10);
    expect(clients).toEqual([
      { id: "u", history: [before], heldOut: liked, touched: new Set(["a", "b", "c", "d", "e"]) },
    ]);
  });
});
