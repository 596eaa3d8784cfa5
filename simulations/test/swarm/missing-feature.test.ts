import type { FeatureSpec, Item } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { missingFeature } from "../../src/swarm/missing-feature.js";

const year: FeatureSpec = { name: "year", kind: "numeric", minimum: 1920, maximum: 2030, scale: "linear" };
const genre: FeatureSpec = { name: "genre", kind: "categorical", values: [], buckets: 4 };
const title: FeatureSpec = { name: "title", kind: "text", buckets: 4 };
const image: FeatureSpec = { name: "image", kind: "vector", length: 3 };
const item = (features: Item["features"]): Item => ({ id: "a", features });

describe("items fit a task", () => {
  it("whose every feature some item has, in whatever kind it can be encoded", () => {
    const items = [
      item({ genre: ["crime", "drama"], image: [0, 1, 2] }),
      item({ year: 1995, title: "Heat", extra: 1 }),
    ];
    expect(missingFeature([year, genre, title, image], items)).toBeUndefined();
  });

  it.each<[FeatureSpec, Item["features"]]>([
    [year, {}],
    [year, { year: "1995" }],
    [year, { year: Number.NaN }],
    [genre, { genre: null }],
    [genre, { genre: 7 }],
    [title, { title: [] }],
    [image, { image: [1, 2] }],
    [image, { image: "abc" }],
  ])("not where %j is %j on all of them", (feature, features) => {
    expect(missingFeature([genre, feature], [item({ genre: "crime", ...features })])).toMatch(
      new RegExp(`catalogue.features.[01]: no item has a ${feature.kind} feature "${feature.name}"`),
    );
  });

  it("not where there are no items", () => {
    expect(missingFeature([genre], [])).toMatch(/genre/);
  });
});
