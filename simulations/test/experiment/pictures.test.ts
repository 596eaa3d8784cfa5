import { createCatalogue, initialParameters, networkShape, parseTask } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { attentionMaps } from "../../src/experiment/pictures/attention-maps.js";
import { modelLook } from "../../src/experiment/pictures/model-look.js";
import { principalAxes } from "../../src/experiment/pictures/principal-axes.js";

describe("the principal axes of rows", () => {
  it("are the directions in which they differ most, centred", () => {
    // Along (3, 4)/5 by −10, 0, 10; across it by 1, −2, 1.
    const rows = [-10, 0, 10].flatMap((along, i) => {
      const across = [1, -2, 1][i] ?? 0;
      return [0.6 * along - 0.8 * across + 7, 0.8 * along + 0.6 * across - 3];
    });
    const points = principalAxes(Float64Array.from(rows), 2);
    for (const [i, { x, y }] of points.entries()) {
      expect(x).toBeCloseTo([-10, 0, 10][i] ?? 0, 6);
      expect(Math.abs(y)).toBeCloseTo(Math.abs([1, -2, 1][i] ?? 0), 6);
    }
  });

  it("are points where there is nothing to tell apart", () => {
    expect(principalAxes(new Float64Array(6).fill(2), 3)).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ]);
  });
});

describe("a look into a model", () => {
  const parsed = parseTask({
    name: "look",
    catalogue: { features: [{ name: "kind", kind: "categorical", values: ["a", "b"] }] },
    model: { encoder: "attention", embedding: 4, hidden: 3, historyLength: 5, heads: 2, blocks: 3 },
  });
  if (!parsed.ok) throw new Error("valid");
  const { task } = parsed;
  const items = Array.from({ length: 6 }, (_, i) => ({ id: `i${i}`, features: { kind: i % 2 ? "a" : "b" } }));
  const catalogue = createCatalogue(task.catalogue.features, items);
  const look = modelLook(task, catalogue, initialParameters(networkShape(task), 1));
  const history = [0, 1, 2, 3].map((i) => ({ kind: "click" as const, itemId: `i${i}`, at: 1000 * i }));

  it("has a vector for each item: the same for items that are described alike", () => {
    const vectors = look.itemVectors();
    expect(vectors).toHaveLength(6 * 4);
    expect(vectors?.slice(0, 4)).toEqual(vectors?.slice(8, 12));
    expect(vectors?.slice(0, 4)).not.toEqual(vectors?.slice(4, 8));
  });

  it("shows what each event looks at in each head of each block: itself and those before it, in parts of one", () => {
    const { items: names, heads } = look.attention(history) ?? { items: [], heads: [] };
    expect(names).toEqual(["i0", "i1", "i2", "i3"]);
    expect(heads.map(({ name }) => name)).toEqual(
      [1, 2, 3].flatMap((block) => [1, 2].map((head) => `block ${block}, head ${head}`)),
    );
    expect(heads[0]?.looks).not.toEqual(heads[1]?.looks);
    for (const [event, row] of heads.flatMap(({ looks }) => [...looks.entries()])) {
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      for (const weight of row.slice(event + 1)) expect(weight).toBe(0);
    }
  });

  it("draws a map for each head, and no heading where there is one", () => {
    const heads = ["one", "other"].map((name) => ({ name, looks: [[1], [0.5, 0.5]] }));
    const pages = [heads, heads.slice(0, 1)].map((some) => attentionMaps({ items: ["a", "b"], heads: some }));
    expect(pages.map((page) => page.match(/<svg/g)?.length)).toEqual([2, 1]);
    expect(pages.map((page) => page.match(/<h3>/g)?.length)).toEqual([2, undefined]);
  });

  it("has no attention to show of an empty history, nor of a task without", () => {
    expect(look.attention([])).toBeUndefined();
  });
});
