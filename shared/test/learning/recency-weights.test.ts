import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeRecencyWeights } from "../../src/learning/recency-weights.js";

const weigh = (ages: readonly number[], halfLifeDays: number, placeDecay?: number) => {
  const into = new Float64Array(ages.length);
  writeRecencyWeights(ages, { halfLifeDays, ...(placeDecay !== undefined && { placeDecay }) }, into, 0);
  return [...into];
};

describe("recency weights", () => {
  it("halve with each half-life since the newest event", () => {
    expect(weigh([40, 10, 10], 30)).toEqual([0.2, 0.4, 0.4]);
  });

  it("fall with the number of later events where the task says so", () => {
    expect(weigh([0, 0, 0], 30, 1)).toEqual([1 / 3, 1 / 2, 1].map((part) => part / (11 / 6)));
  });

  it("sum to 1, and never rise into the past", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (ages, halfLifeDays, placeDecay) => {
          const weights = weigh(
            ages.toSorted((a, b) => b - a),
            halfLifeDays,
            placeDecay,
          );
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
          for (let i = 1; i < weights.length; i++) {
            expect(weights[i]).toBeGreaterThanOrEqual(weights[i - 1] ?? 0);
          }
        },
      ),
    );
  });
});
