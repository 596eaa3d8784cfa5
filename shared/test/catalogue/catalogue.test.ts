import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import { featureWidth } from "../../src/catalogue/feature-width.js";
import type { Item } from "../../src/catalogue/item.js";
import { denseRows } from "../../src/catalogue/sparse-rows.js";
import { initialParameters } from "../../src/network/initial-parameters.js";
import { networkShape } from "../../src/network/network-shape.js";
import type { FeatureSpec } from "../../src/task/feature-spec.js";
import { parseTask } from "../../src/task/parse-task.js";

const SPECS: FeatureSpec[] = [
  { name: "year", kind: "numeric", minimum: 1900, maximum: 2000, scale: "linear" },
  { name: "genre", kind: "categorical", values: ["drama", "comedy"], buckets: 2 },
  { name: "title", kind: "text", buckets: 8 },
  { name: "image", kind: "vector", length: 3 },
];
/** Every modality's weight in a row: the root of their number and the constant's. */
const WEIGHT = 1 / Math.sqrt(SPECS.length + 1);

/** One item's columns, the weight taken out. */
function encoded(features: Item["features"], specs = SPECS): number[] {
  const { features: rows } = createCatalogue(specs, [{ id: "a", features }]);
  return [...rows].map((value) => value * Math.sqrt(specs.length + 1));
}
const only = (name: string) => SPECS.filter((spec) => spec.name === name);

describe("an item's features", () => {
  it.each([
    [1900, [0, 0]],
    [1950, [0.5, 0]],
    [2100, [1, 0]],
    [null, [0, 1]],
    [Number.NaN, [0, 1]],
    ["1950", [0, 1]],
  ])("a number %j lies between its bounds, or is missing", (year, columns) => {
    expect(encoded({ year }, only("year")).slice(1)).toEqual(
      columns.map((value) => expect.closeTo(value, 5)),
    );
  });

  it("categories are told apart, several at once share the weight, and unknown ones fall into buckets", () => {
    const genre = (value: string | readonly string[] | null) =>
      encoded({ genre: value }, only("genre")).slice(1);
    expect(genre("drama")).toEqual([1, 0, 0, 0].map((value) => expect.closeTo(value, 5)));
    const half = Math.SQRT1_2;
    expect(genre(["drama", "comedy"])).toEqual([half, half, 0, 0].map((value) => expect.closeTo(value, 5)));
    expect(genre("western").slice(0, 2)).toEqual([0, 0]);
    expect(Math.hypot(...genre("western"))).toBeCloseTo(1, 5);
    expect(genre(null)).toEqual([0, 0, 0, 0]);
  });

  it("titles that share words are nearer than those that do not", () => {
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
    const title = (text: string) =>
      encoded({ title: text }, [{ name: "title", kind: "text", buckets: 256 }]).slice(1);
    expect(dot(title("Alien"), title("ALIEN!"))).toBeCloseTo(1, 5);
    expect(dot(title("Alien resurrection"), title("Alien"))).toBeGreaterThan(
      dot(title("Alien"), title("Brazil")),
    );
  });

  it("vectors are passed through at unit length; of a wrong length they count as missing", () => {
    const image = (value: readonly number[]) => encoded({ image: value }, only("image")).slice(1);
    expect(image([3, 0, 4])).toEqual([0.6, 0, 0.8].map((value) => expect.closeTo(value, 5)));
    expect(image([1, 2])).toEqual([0, 0, 0]);
  });
});

describe("a catalogue", () => {
  const value = fc.oneof(
    fc.string(),
    fc.double(),
    fc.constant(null),
    fc.array(fc.string()),
    fc.array(fc.double()),
  );
  const item = fc.record({
    id: fc.string(),
    features: fc.record({ year: value, genre: value, title: value, image: value }, { requiredKeys: [] }),
  });

  it("is as wide as its schema says, whatever and however many the items; rows are finite and at most of length 1", () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), (items) => {
        const catalogue = createCatalogue(SPECS, items);
        expect(catalogue.width).toBe(featureWidth(SPECS));
        expect(catalogue.width).toBe(1 + 2 + 4 + 8 + 3);
        expect(catalogue.features.length).toBe(catalogue.size * catalogue.width);
        for (let row = 0; row < catalogue.size; row++) {
          const columns = catalogue.features.subarray(row * catalogue.width, (row + 1) * catalogue.width);
          expect(Math.hypot(...columns)).toBeLessThanOrEqual(1 + 1e-5);
          expect(columns[0]).toBeCloseTo(WEIGHT, 5);
        }
      }),
    );
  });

  it("finds rows by id; of two items with one id the last counts", () => {
    const catalogue = createCatalogue(SPECS, [
      { id: "a", features: { genre: "drama" } },
      { id: "b", features: {} },
      { id: "a", features: { genre: "comedy" } },
    ]);
    expect(catalogue.ids).toEqual(["a", "b"]);
    expect(catalogue.index("b")).toBe(1);
    expect(catalogue.index("c")).toBeUndefined();
    expect(catalogue.features[3]).toBe(0);
    expect(catalogue.features[4]).toBeCloseTo(WEIGHT, 5);
  });
});

describe("an item's id", () => {
  it("falls into a few of many buckets, others than those of other ids", () => {
    const spec = { name: "id", kind: "id", buckets: 64, hashes: 2 } as const;
    const { features, width } = createCatalogue(
      [spec],
      ["a", "b"].map((id) => ({ id, features: { id: "of no account" } })),
    );
    const rows = [0, 1].map((row) => [...features.subarray(row * width + 1, (row + 1) * width)]);
    for (const row of rows) {
      expect(row.filter((cell) => cell !== 0).length).toBe(2);
      expect(Math.hypot(...row)).toBeCloseTo(Math.SQRT1_2, 6);
    }
    expect(rows[0]).not.toEqual(rows[1]);
  });

  it("says next to nothing before training, and everything else as much as ever", () => {
    const genre = { name: "genre", kind: "categorical", values: ["drama", "comedy"] } as const;
    const withIds = parseTask({
      name: "films",
      catalogue: { features: [genre, { name: "id", kind: "id", buckets: 200 }] },
    });
    if (!withIds.ok) throw new Error("valid");
    const shape = networkShape(withIds.task);
    const parameters = initialParameters(shape, 1);
    const deviation = (first: number, rows: number) =>
      Math.hypot(...parameters.subarray(first * shape.embedding, (first + rows) * shape.embedding)) /
      Math.sqrt(rows * shape.embedding);
    expect(deviation(0, 3)).toBeGreaterThan(0.15);
    expect(deviation(3, 200)).toBeCloseTo(0.1 / Math.sqrt(shape.embedding), 2);
  });

  it("is no feature of a moment", () => {
    const features = [{ name: "id", kind: "id", buckets: 8 }];
    const refused = parseTask({ name: "films", catalogue: { features }, context: { features } });
    expect(refused).toMatchObject({ problems: [{ field: "context.features.0.kind" }] });
  });
});

describe("neighbours", () => {
  const specs = only("genre");
  const of = (relations: readonly [string, string, string][], names = ["by"]) => {
    const items = ["a", "b", "c"].map((id, i) => ({ id, features: { genre: i === 0 ? "drama" : null } }));
    const { neighbours = [] } = createCatalogue(specs, items, {
      names,
      relations: relations.map(([head, relation, tail]) => ({ head, relation, tail })),
    });
    return neighbours.map((rows) => [...denseRows(rows, 5)].map((cell) => cell * Math.SQRT2));
  };
  const drama = (...weights: number[]) =>
    weights.flatMap((weight) => [0, expect.closeTo(weight, 6), 0, 0, 0]);

  it("give their features by symmetrically normalised weights, through what is no item as well", () => {
    const relations: [string, string, string][] = [
      ["a", "by", "someone"],
      ["b", "by", "someone"],
      ["c", "in", "a"],
    ];
    // Both have one neighbour, and that has two: 1/√2 · 1/√2 from a to b and from a to itself.
    expect(of(relations)).toEqual([drama(0, 0, 0), drama(0.5, 0.5, 0)]);
    expect(of(relations, ["in"])).toEqual([drama(0, 0, 1), drama(1, 0, 0)]);
  });

  it("count once, in either direction, and not as their own", () => {
    const twice: [string, string, string][] = [
      ["a", "by", "b"],
      ["b", "by", "a"],
      ["a", "by", "b"],
      ["c", "by", "c"],
    ];
    expect(of(twice)).toEqual([drama(0, 1, 0), drama(1, 0, 0)]);
  });

  it("miss no feature where they are no items: only an item can lack one", () => {
    const numeric = { name: "n", kind: "numeric", minimum: 0, maximum: 1, scale: "linear" } as const;
    const id = { name: "id", kind: "id", buckets: 4, hashes: 1 } as const;
    const { neighbours = [], width } = createCatalogue([numeric, id], [{ id: "a", features: { n: 0.5 } }], {
      names: ["by"],
      relations: [{ head: "a", relation: "by", tail: "someone" }],
    });
    const [near] = neighbours;
    if (!near) throw new Error("one step away");
    const told = [...denseRows(near, width)].flatMap((cell, column) => (cell === 0 ? [] : [column]));
    expect(told).toHaveLength(1);
    expect(told[0]).toBeGreaterThan(2);
  });

  it("have ids where items have, so that what is no item is told apart", () => {
    const id = { name: "id", kind: "id", buckets: 64, hashes: 1 } as const;
    const { neighbours = [] } = createCatalogue(
      [id],
      ["a", "b", "c"].map((name) => ({ id: name, features: {} })),
      {
        names: ["by"],
        relations: ["x", "x", "y"].map((tail, i) => ({ head: "abc"[i] ?? "", relation: "by", tail })),
      },
    );
    const [near] = neighbours;
    expect(near?.columns[0]).toBe(near?.columns[1]);
    expect(near?.columns[0]).not.toBe(near?.columns[2]);
  });
});

describe("hashed ids", () => {
  /** How many of the ids 1, 2, … have all their columns in common with another one. */
  const sharing = (count: number, buckets: number): number => {
    const id = { name: "id", kind: "id", buckets, hashes: 2 } as const;
    const items = Array.from({ length: count }, (_, i) => ({ id: String(i + 1), features: {} }));
    const { features, width } = createCatalogue([id], items);
    const rows = items.map((_, row) => features.subarray(row * width, (row + 1) * width).join());
    const times = new Map<string, number>();
    for (const row of rows) times.set(row, (times.get(row) ?? 0) + 1);
    return rows.filter((row) => (times.get(row) ?? 0) > 1).length;
  };

  it("are shared in full by few", () => {
    expect(sharing(1682, 1024)).toBe(44);
  });
});
