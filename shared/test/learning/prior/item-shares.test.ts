import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemShares } from "../../../src/learning/prior/item-shares.js";
import { priorLogits } from "../../../src/learning/prior/prior-logits.js";
import { BUCKETS_AN_ITEM } from "../../../src/network/item-prior.js";

function sharesOf(marks: readonly number[], items: readonly (readonly number[])[], smoothing = 1e-6) {
  const logits = new Float32Array(marks.length);
  priorLogits(marks, smoothing, logits);
  return itemShares(logits, Int32Array.from(items.flat()));
}

describe("the share of each item, from logarithms whose mean was taken off", () => {
  it("is the least of its buckets' smoothed marks, among those of all items", () => {
    const own = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    const [first = 0, second = 0] = sharesOf([6, 6, 6, 2, 2, 2, 100], own);
    expect(first).toBeCloseTo(0.75, 5);
    expect(second).toBeCloseTo(0.25, 5);
    const [smoothed = 0] = sharesOf([6, 6, 6, 2, 2, 2, 100], own, 2);
    expect(smoothed).toBeCloseTo(8 / 12, 5);
  });

  it("is not that of something popular for an item that shares buckets with it, while one is its own", () => {
    const [popular = 0, obscure = 0] = sharesOf(
      [96, 97, 95, 1],
      [
        [0, 1, 2],
        [0, 1, 3],
      ],
    );
    expect(popular).toBeCloseTo(95 / 96, 5);
    expect(obscure).toBeCloseTo(1 / 96, 5);
  });

  it("sums to 1 and is positive, whatever the histogram", () => {
    const marks = fc.array(fc.double({ min: -10, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    const places = fc.array(fc.nat(1000), { minLength: BUCKETS_AN_ITEM, maxLength: BUCKETS_AN_ITEM });
    fc.assert(
      fc.property(marks, fc.array(places, { minLength: 1, maxLength: 30 }), (counts, items) => {
        const within = items.map((buckets) => buckets.map((bucket) => bucket % counts.length));
        const shares = sharesOf(counts, within, 0.1);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...shares)).toBeGreaterThan(0);
      }),
    );
  });
});
