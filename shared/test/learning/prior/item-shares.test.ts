import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemShares } from "../../../src/learning/prior/item-shares.js";
import { priorLogits } from "../../../src/learning/prior/prior-logits.js";

function sharesOf(marks: readonly number[], bucketOf: readonly number[], smoothing = 1e-6) {
  const logits = new Float32Array(marks.length);
  priorLogits(marks, smoothing, logits);
  return itemShares(logits, Int32Array.from(bucketOf));
}

describe("the share of each item, from logarithms whose mean was taken off", () => {
  it("is its bucket's share of the smoothed marks, of those buckets that the catalogue has items in", () => {
    const [first = 0, second = 0] = sharesOf([6, 100, 2], [0, 2]);
    expect(first).toBeCloseTo(0.75, 5);
    expect(second).toBeCloseTo(0.25, 5);
    const smoothed = sharesOf([6, 0, 2], [0, 1, 2], 2);
    expect(Array.from(smoothed, (share) => Math.round(1e4 * share) / 1e4)).toEqual([0.5714, 0.1429, 0.2857]);
  });

  it("is the same for items that share a bucket, which divide what it holds", () => {
    const shares = sharesOf([6, 2], [0, 0, 1]);
    expect(shares[0]).toBeCloseTo(3 / 8, 5);
    expect(shares[1]).toBe(shares[0]);
  });

  it("sums to 1 and is positive, whatever the histogram", () => {
    const marks = fc.array(fc.double({ min: -10, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(marks, fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (counts, ids) => {
        const shares = sharesOf(
          counts,
          ids.map((id) => id % counts.length),
          0.1,
        );
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...shares)).toBeGreaterThan(0);
      }),
    );
  });
});
