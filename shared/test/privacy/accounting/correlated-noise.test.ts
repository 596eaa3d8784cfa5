import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  squaredToeplitzSensitivity,
  toeplitzCoefficients,
} from "../../../src/privacy/accounting/toeplitz.js";
import {
  type ParticipationPattern,
  squaredTreeSensitivity,
} from "../../../src/privacy/accounting/tree-sensitivity.js";

/** Every placement that the pattern allows, tried. */
function placementsOf({ participations, separation, steps }: ParticipationPattern): number[][] {
  const found: number[][] = [];
  const extend = (placement: readonly number[], from: number) => {
    found.push([...placement]);
    if (placement.length === participations) return;
    for (let step = from; step < steps; step++) extend([...placement, step], step + separation + 1);
  };
  extend([], 0);
  return found;
}

/** The sum over the complete nodes of the forest of the set bits of `steps`, the largest tree first. */
function treeSquares(placement: readonly number[], steps: number): number {
  let [squares, start] = [0, 0];
  for (let size = 2 ** Math.floor(Math.log2(steps)); size >= 1; size /= 2) {
    if (start + size > steps) continue;
    for (let node = 1; node <= size; node *= 2) {
      for (let at = start; at < start + size; at += node) {
        squares += placement.filter((step) => step >= at && step < at + node).length ** 2;
      }
    }
    start += size;
  }
  return squares;
}

const patterns = fc.record({
  participations: fc.integer({ min: 1, max: 4 }),
  separation: fc.integer({ min: 0, max: 5 }),
  steps: fc.integer({ min: 1, max: 13 }),
});

describe("the sensitivity of tree aggregation", () => {
  it.each([
    // tensorflow_privacy, analysis/tree_aggregation_accountant_test.py
    [1, 7, 8, 4],
    [3, 3, 9, 11],
  ])("of %i participations, %i steps between them, in %i steps is the published %i", (...given) => {
    const [participations, separation, steps, squared] = given;
    expect(squaredTreeSensitivity({ participations, separation, steps })).toBe(squared);
  });

  it("is the worst of all placements", () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        const worst = Math.max(
          ...placementsOf(pattern).map((placement) => treeSquares(placement, pattern.steps)),
        );
        expect(squaredTreeSensitivity(pattern)).toBe(worst);
      }),
    );
  });

  it("is found for a year of hourly steps", () => {
    const pattern = { participations: 52, separation: 167, steps: 8760 };
    expect(squaredTreeSensitivity(pattern)).toBeGreaterThan(52 ** 2);
  });
});

describe("a Toeplitz factor", () => {
  it("is the square root of the prefix sums", () => {
    const root = toeplitzCoefficients(20);
    for (let i = 0; i < 20; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += (root[j] ?? 0) * (root[i - j] ?? 0);
      expect(sum).toBeCloseTo(1, 12);
    }
  });

  it("has the sensitivity of its worst placement", () => {
    fc.assert(
      fc.property(patterns, fc.integer({ min: 1, max: 13 }), (pattern, bands) => {
        const factor = toeplitzCoefficients(bands);
        const squares = placementsOf(pattern).map((placement) => {
          let sum = 0;
          for (let row = 0; row < pattern.steps; row++) {
            sum +=
              placement.reduce((total, step) => total + (row < step ? 0 : (factor[row - step] ?? 0)), 0) ** 2;
          }
          return sum;
        });
        expect(squaredToeplitzSensitivity(factor, pattern)).toBeCloseTo(Math.max(...squares), 10);
      }),
    );
  });

  it("of one band is no correlation at all", () => {
    const pattern = { participations: 5, separation: 2, steps: 100 };
    expect(squaredToeplitzSensitivity(toeplitzCoefficients(1), pattern)).toBe(5);
  });
});
