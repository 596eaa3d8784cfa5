import { COMBINE_RULES, type CombineRule, seededRandom } from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRule } from "../../src/robust/create-rule.js";
import { corruptAmong, type RobustRule } from "../../src/robust/robust-rule.js";
import { smallTask } from "../support/small-task.js";

const BYZANTINE_FRACTION = 0.3;
const { aggregation } = smallTask();
const ruleNamed = (combine: CombineRule): RobustRule =>
  createRule({ ...aggregation, combine, byzantineFraction: BYZANTINE_FRACTION });

const DIMENSION = 6;
/** Sixteenths, so that sums and shifts of them are exact in single precision. */
const coordinate = fc.integer({ min: -160, max: 160 }).map((value) => value / 16);
const vector = fc
  .array(coordinate, { minLength: DIMENSION, maxLength: DIMENSION })
  .map((v) => Float32Array.from(v));
const vectors = fc.array(vector, { minLength: 7, maxLength: 12 });

const once = (vectors: readonly Float32Array[]) => vectors.map(() => 1);
const distance = (a: Float32Array, b: Float32Array) =>
  Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
const expectClose = (a: Float32Array, b: Float32Array, within = 2e-4) =>
  expect(distance(a, b)).toBeLessThan(within * (1 + Math.hypot(...b)));

describe.each(COMBINE_RULES)("the rule %s", (name) => {
  const rule = ruleNamed(name);

  it("does not care in which order vectors came", () => {
    fc.assert(
      fc.property(vectors, fc.integer(), (means, seed) => {
        const random = seededRandom(seed >>> 0);
        const keyed = means.map((mean) => ({ mean, key: random.uniform() }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ mean }) => mean);
        expectClose(rule(shuffled, once(means)), rule(means, once(means)));
      }),
    );
  });

  it("moves with its vectors, and grows with them", () => {
    fc.assert(
      fc.property(vectors, vector, fc.constantFrom(0.25, 2, 8), (means, shift, factor) => {
        const moved = means.map((mean) => mean.map((value, i) => factor * (value + (shift[i] ?? 0))));
        const expected = rule(means, once(means)).map((value, i) => factor * (value + (shift[i] ?? 0)));
        expectClose(rule(moved, once(means)), expected);
      }),
    );
  });

  it("is what all say where all say the same, and changes none of them", () => {
    fc.assert(
      fc.property(vector, fc.integer({ min: 1, max: 9 }), (mean, count) => {
        const means = Array.from({ length: count }, () => mean.slice());
        expectClose(rule(means, once(means)), mean, 1e-6);
        for (const given of means) expect(given).toEqual(mean);
      }),
    );
  });
});

const ROBUST = COMBINE_RULES.filter((name) => name !== "mean" && name !== "norm-filter");

describe.each(ROBUST)("against corrupt vectors of any size, the rule %s", (name) => {
  it("stays near the honest ones", () => {
    const rule = ruleNamed(name);
    fc.assert(
      fc.property(vectors, vector, fc.constantFrom(1, 1e3, 1e6, 1e9), (means, direction, size) => {
        const corrupt = corruptAmong(means.length, BYZANTINE_FRACTION);
        const honest = means.slice(corrupt);
        const poisoned = [
          ...Array.from({ length: corrupt }, () => direction.map((v) => size * v)),
          ...honest,
        ];
        const middle = ruleNamed("mean")(honest, once(honest));
        const spread = Math.max(...honest.map((mean) => distance(mean, middle)));
        // Geometric median: (2 − 2β) / (1 − 2β) = 3.5 at most; Krum: 1 + 2√(k − f − 2) = 6.3; the others: √6.
        expect(distance(rule(poisoned, once(poisoned)), middle)).toBeLessThanOrEqual(6.5 * spread + 1e-3);
      }),
      { numRuns: 200 },
    );
  });
});

it("one corrupt vector moves the mean as far as it likes", () => {
  const means = [Float32Array.of(0), Float32Array.of(0), Float32Array.of(3e6)];
  expect(ruleNamed("mean")(means, [1, 1, 1])[0]).toBe(1e6);
});

describe("each rule's own figures", () => {
  const column = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000].map((value) => Float32Array.of(value));
  it.each([
    ["mean", 104.5],
    ["coordinate-median", 5.5],
    ["trimmed-mean", 5.5],
    // The numbers 1 to 9 have one median, 1000 pulls it to the next.
    ["geometric-median", 5.5],
  ] as const)("%s of 1 to 9 and 1000 is %d", (name, expected) => {
    expect(ruleNamed(name)(column, once(column))[0]).toBeCloseTo(expected, 1);
  });

  it("krum takes one of the vectors, from where most of them are", () => {
    const means = [0, 0.1, 0.2, 0.3, 50, 100, 0.25].map((value) => Float32Array.of(value));
    expect(ruleNamed("krum")(means, once(means))[0]).toBeCloseTo(0.2, 6);
    expect(ruleNamed("multi-krum")(means, once(means))[0]).toBeCloseTo(0.17, 6);
  });

  it("a mean counts clients, not vectors", () => {
    expect(ruleNamed("mean")([Float32Array.of(1), Float32Array.of(4)], [2, 1])[0]).toBeCloseTo(2, 6);
  });
});
