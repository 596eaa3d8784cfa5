import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadLabels } from "../../src/experiment/report/spread-labels.js";

const heights = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 8 });

describe("labels at heights", () => {
  it("are nowhere closer than they may be, and in the order in which they want to be", () => {
    fc.assert(
      fc.property(heights, (wanted) => {
        const order = wanted.map((at, place) => ({ at, place })).toSorted((a, b) => a.at - b.at);
        const spread = spreadLabels(wanted, 1);
        for (const [rank, { place }] of order.entries()) {
          const above = order[rank + 1];
          if (above) expect((spread[above.place] ?? 0) - (spread[place] ?? 0)).toBeGreaterThan(1 - 1e-9);
        }
      }),
    );
  });

  it("stay where they want to be where there is room", () => {
    expect(spreadLabels([3, 1, 7], 1)).toEqual([3, 1, 7]);
  });

  it("share the room around the middle where there is none", () => {
    expect(spreadLabels([2, 2, 2], 1)).toEqual([1, 2, 3]);
  });
});
