import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadLabels } from "../../src/report/spread-labels.js";

const heights = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 14 });
const ANYWHERE = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
const TEN = { low: 0, high: 10 };

/** From the lowest that is wanted to the highest. */
const inOrder = (wanted: readonly number[], spread: readonly number[]) =>
  wanted
    .map((at, place) => ({ at, place }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ place }) => spread[place] ?? Number.NaN);

const gaps = (ordered: readonly number[]) =>
  ordered.slice(1).map((height, i) => height - (ordered[i] ?? Number.NaN));

describe("labels at heights", () => {
  it("are nowhere closer than they may be, and in the order in which they want to be", () => {
    fc.assert(
      fc.property(heights, fc.constantFrom(ANYWHERE, { low: -2, high: 12 }), (wanted, range) => {
        for (const gap of gaps(inOrder(wanted, spreadLabels(wanted, 1, range)))) {
          expect(gap).toBeGreaterThan(1 - 1e-9);
        }
      }),
    );
  });

  it("never leave their range, and share it where it is too small for all of them", () => {
    fc.assert(
      fc.property(heights, (wanted) => {
        const ordered = inOrder(wanted, spreadLabels(wanted, 1, TEN));
        expect(ordered[0]).toBeGreaterThan(-1e-9);
        expect(ordered.at(-1)).toBeLessThan(10 + 1e-9);
        const least = Math.min(1, 10 / Math.max(1, wanted.length - 1));
        for (const gap of gaps(ordered)) expect(gap).toBeGreaterThan(least - 1e-9);
      }),
    );
  });

  it("stay where they want to be where there is room", () => {
    expect(spreadLabels([3, 1, 7], 1, TEN)).toEqual([3, 1, 7]);
  });

  it("share the room around the middle where there is none", () => {
    expect(spreadLabels([2, 2, 2], 1, TEN)).toEqual([1, 2, 3]);
  });

  it("move down from the upper end, and up from the lower", () => {
    expect(spreadLabels([10, 10, 0], 1, TEN)).toEqual([9, 10, 0]);
    expect(spreadLabels([0, 0, 0], 1, TEN)).toEqual([0, 1, 2]);
  });
});
