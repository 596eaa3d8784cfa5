import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogueCoverage } from "../../src/metrics/catalogue-coverage.js";
import { effectiveItems } from "../../src/metrics/effective-items.js";
import { exposure } from "../../src/metrics/exposure.js";
import { seededRandom } from "../../src/random/random.js";

const ROUNDS = 400;
const name = (item: number) => `item-${item}`;

/** A cohort's mean exposure in each round, with noise of this deviation. */
function heard(slates: readonly (readonly number[])[], standardError: number, rounds = ROUNDS) {
  const random = seededRandom(5);
  const ids = slates.map((slate) => slate.map(name));
  return Array.from({ length: rounds }, (_, round) => {
    const sum = ids.reduce((total, slate) => total + (exposure(slate, `${round}`) ?? 0), 0);
    return { mean: sum / slates.length + standardError * random.normal(), standardError };
  });
}

function shown(slates: readonly (readonly number[])[], size: number): number {
  const counts = new Float64Array(size);
  for (const item of slates.flat()) counts[item] = (counts[item] ?? 0) + 1;
  return catalogueCoverage(counts).effectiveItems;
}

describe("one client's exposure", () => {
  it("is a mean of signs, the same for the same items and round whatever their order, and nothing for an empty slate", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 10 }), fc.string(), (ids, round) => {
        const own = exposure(ids, round);
        expect(Math.abs(own ?? 2)).toBeLessThanOrEqual(1);
        expect(exposure(ids.toReversed(), round)).toBeCloseTo(own ?? 2, 12);
        expect(Math.abs(exposure([ids[0] ?? "", ids[0] ?? ""], round) ?? 0)).toBe(1);
      }),
    );
    expect(exposure([], "1")).toBeUndefined();
  });
});

describe("the number of items that cohorts are shown", () => {
  const slate = fc.uniqueArray(fc.nat(29), { minLength: 10, maxLength: 10 });

  it.each([0, 0.05, 0.2])("is the inverse of Σ p² whatever the slates, through noise of %d", (noise) => {
    fc.assert(
      fc.property(fc.array(slate, { minLength: 1, maxLength: 4 }), (slates) => {
        const truth = shown(slates, 30);
        const found = effectiveItems(heard(slates, noise));
        // Two deviations are named; five are not passed.
        const fits = 1 / truth;
        const allowed = 5 * Math.sqrt(2 / ROUNDS) * (fits + noise ** 2);
        expect(Math.abs(1 / (found?.items ?? 0) - fits)).toBeLessThan(allowed);
        expect(found?.fewest).toBeLessThan(found?.items ?? 0);
        expect(found?.most).toBeGreaterThan(found?.items ?? Number.POSITIVE_INFINITY);
      }),
      { numRuns: 15, seed: 1 },
    );
  });

  it("is about the catalogue's size where everything is shown alike, and 1 where one item is all", () => {
    const size = 50;
    const uniform = Array.from({ length: size }, (_, first) =>
      Array.from({ length: 10 }, (_, i) => (first + i) % size),
    );
    const found = effectiveItems(heard(uniform, 0.05));
    expect(found?.fewest).toBeLessThan(size);
    expect(found?.most).toBeGreaterThan(size);
    expect(Math.abs((found?.items ?? 0) / size - 1)).toBeLessThan(0.2);
    expect(effectiveItems(heard([[7]], 0))).toMatchObject({ items: 1, fewest: 1 });
  });

  it("is at most the catalogue's size, and so are both ends of its interval", () => {
    const size = 50;
    const uniform = Array.from({ length: size }, (_, first) =>
      Array.from({ length: 10 }, (_, i) => (first + i) % size),
    );
    const rounds = heard(uniform, 0.05);
    const [free, capped] = [effectiveItems(rounds), effectiveItems(rounds, size)];
    expect(free?.most).toBeGreaterThan(size);
    expect(capped).toEqual({ ...free, items: Math.min(size, free?.items ?? 0), most: size });
    expect(effectiveItems(rounds, 10)).toEqual({ items: 10, fewest: 10, most: 10 });
  });

  it("has noise's variance taken off: left in, it would look like fewer items", () => {
    const slates = Array.from({ length: 40 }, (_, first) =>
      Array.from({ length: 10 }, (_, i) => (first + i) % 40),
    );
    const rounds = heard(slates, 0.2);
    const loud = effectiveItems(rounds.map(({ mean }) => ({ mean, standardError: 0 })));
    expect(loud?.items).toBeLessThan(20);
    expect(effectiveItems(rounds)?.items).toBeGreaterThan(28);
  });

  it("cannot be told where noise is nearly all there is, nor of eight rounds, nor of none; it is never below 1 nor infinite", () => {
    const uniform = [Array.from({ length: 400 }, (_, i) => i)];
    expect(effectiveItems(heard(uniform, 0.3))).toBeUndefined();
    expect(effectiveItems(heard([[1, 2, 3]], 0, 8))).toBeUndefined();
    expect(effectiveItems([])).toBeUndefined();
    const estimate = fc.record({
      mean: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
      standardError: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(estimate, { maxLength: 60 }), (rounds) => {
        const found = effectiveItems(rounds);
        if (!found) return;
        expect(found.fewest).toBeGreaterThanOrEqual(1);
        expect(found.items).toBeGreaterThanOrEqual(found.fewest);
        expect(found.most).toBeGreaterThanOrEqual(found.items);
        expect(Number.isFinite(found.most)).toBe(true);
      }),
      { examples: [[Array.from({ length: 9 }, () => ({ mean: 1e-160, standardError: 0 }))]] },
    );
  });
});
