import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import { featureWidth } from "../../src/catalogue/feature-width.js";
import type { Item } from "../../src/catalogue/item.js";
import type { FeatureSpec } from "../../src/task/feature-spec.js";

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
