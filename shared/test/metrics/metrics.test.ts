import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import type { Interaction } from "../../src/learning/interaction.js";
import { activityOf } from "../../src/metrics/activity.js";
import { miscalibration } from "../../src/metrics/calibration.js";
import { catalogueCoverage } from "../../src/metrics/catalogue-coverage.js";
import { engagement, rewards } from "../../src/metrics/engagement.js";
import { intraListDiversity } from "../../src/metrics/intra-list-diversity.js";
import { novelty } from "../../src/metrics/novelty.js";
import { popularityLift } from "../../src/metrics/popularity-bias.js";
import { gainAt, hitAt, reciprocalRank } from "../../src/metrics/ranking.js";

const counts = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 });

describe("the rank of a held-out item", () => {
  it.each([
    [0, 1, 1, 1],
    [1, 1, 0.63093, 0.5],
    [9, 1, 0.28906, 0.1],
    [10, 0, 0, 1 / 11],
  ])("%i among ten is a hit of %i, a gain of %d and a reciprocal of %d", (rank, hit, gain, reciprocal) => {
    expect(hitAt(rank, 10)).toBe(hit);
    expect(gainAt(rank, 10)).toBeCloseTo(gain, 5);
    expect(reciprocalRank(rank)).toBeCloseTo(reciprocal, 9);
  });
});

describe("intra-list diversity", () => {
  const catalogue = createCatalogue(
    [{ name: "genre", kind: "categorical", values: ["a", "b", "c"], buckets: 0 }],
    ["a", "a", "b", "c", ""].map((genre, i) => ({ id: `${i}`, features: { genre } })),
  );

  it("is 0 for items that are alike, 1 for items that share nothing, the mean over pairs between", () => {
    expect(intraListDiversity(catalogue, [0, 1])).toBeCloseTo(0, 6);
    expect(intraListDiversity(catalogue, [0, 2, 3])).toBeCloseTo(1, 6);
    expect(intraListDiversity(catalogue, [0, 1, 2])).toBeCloseTo(2 / 3, 6);
  });

  it("counts items without features as unlike all others, and needs two items", () => {
    expect(intraListDiversity(catalogue, [0, 4])).toBe(1);
    expect(intraListDiversity(catalogue, [0])).toBe(0);
  });
});

describe("novelty", () => {
  it("is the mean of −log₂ of each item's share", () => {
    expect(novelty([1, 1 / 4, 1 / 8], [0, 1])).toBe((0 + 2) / 2);
    expect(novelty([1, 1 / 4, 1 / 8], [2])).toBe(3);
    expect(novelty([1], [])).toBe(0);
  });
});

describe("coverage", () => {
  it("is all of the catalogue, evenly, or one item only", () => {
    expect(catalogueCoverage([3, 3, 3])).toEqual({ share: 1, gini: 0, effectiveItems: 3 });
    expect(catalogueCoverage([0, 0, 0, 9])).toEqual({ share: 0.25, gini: 0.75, effectiveItems: 1 });
    expect(catalogueCoverage([0, 0])).toEqual({ share: 0, gini: 0, effectiveItems: 0 });
  });

  it("has a Gini index of the mean absolute difference over twice the mean", () => {
    fc.assert(
      fc.property(counts, (shown) => {
        const total = shown.reduce((a, b) => a + b, 0);
        fc.pre(total > 0);
        const differences = shown.flatMap((a) => shown.map((b) => Math.abs(a - b)));
        const expected = differences.reduce((a, b) => a + b, 0) / (2 * shown.length * total);
        expect(catalogueCoverage(shown).gini).toBeCloseTo(expected, 9);
      }),
    );
  });
});

describe("popularity lift", () => {
  it("is 0 where the slate is as popular as the history, positive where it is more so", () => {
    expect(popularityLift([10, 5, 1], [1], [1])).toBe(0);
    expect(popularityLift([10, 5, 1], [0], [1])).toBe(1);
    expect(popularityLift([10, 5, 1], [2], [1])).toBeCloseTo(-0.8, 12);
    expect(popularityLift([10, 0], [0], [1])).toBeUndefined();
  });
});

describe("miscalibration", () => {
  it("is 0 for the same mix, and for none of it what Steck's smoothing leaves", () => {
    expect(miscalibration([7, 3], [70, 30])).toBeCloseTo(0, 12);
    expect(miscalibration([1, 0], [0, 1])).toBeCloseTo(Math.log(100), 12);
    expect(miscalibration([1, 0], [0, 0])).toBeCloseTo(Math.log(100), 12);
    expect(miscalibration([0, 0], [1, 1])).toBeUndefined();
  });

  it("is never negative and always finite", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 1 }), (pairs) => {
        const found = miscalibration(
          pairs.map(([p]) => p),
          pairs.map(([, q]) => q),
        );
        if (found === undefined) return;
        expect(found).toBeGreaterThan(-1e-12);
        expect(Number.isFinite(found)).toBe(true);
      }),
    );
  });
});

describe("engagement", () => {
  const event = (kind: Interaction["kind"], at: number, value?: number): Interaction => ({
    kind,
    itemId: "a",
    at,
    ...(value !== undefined && { value }),
  });
  const HOUR = 3_600_000;
  const options = { sessionGapMinutes: 60, horizonDays: 1 };

  it("counts clicks an impression and purchases a click", () => {
    const history = [event("impression", 0), event("impression", 1), event("click", 2), event("purchase", 3)];
    expect(engagement(history, options)).toMatchObject({ clickRate: 0.5, conversionRate: 1 });
    expect(engagement([event("click", 0)], options)).toMatchObject({
      clickRate: undefined,
      conversionRate: 0,
    });
  });

  it("hears satisfaction from ratings, dwells, likes and skips", () => {
    const history = [event("rating", 0, 5), event("dwell", 1, 30), event("skip", 2), event("click", 3)];
    expect(engagement(history, options).satisfaction).toBeCloseTo((1 + 0.5 - 1) / 3, 12);
    expect(engagement([event("click", 3)], options).satisfaction).toBeUndefined();
  });

  it("counts returns within the horizon, after sessions that lie so far back", () => {
    const at = [0, 10 * HOUR, 60 * HOUR, 61 * HOUR].map((time) => event("click", time));
    // After the first session: yes; after the second: no. The last one may still see a return.
    expect(engagement(at, options).returnRate).toBe(0.5);
    expect(engagement([event("click", 0)], options).returnRate).toBeUndefined();
  });

  it("counts who has left as not coming back, where it is known", () => {
    const history = [event("click", 0), event("click", 10 * HOUR)];
    expect(engagement(history, options).returnRate).toBeUndefined();
    const known = (comesBack: number) => engagement(history, { ...options, comesBack }).returnRate;
    expect(known(15 * HOUR)).toBe(1);
    expect(known(100 * HOUR)).toBe(0.5);
    expect(known(Number.POSITIVE_INFINITY)).toBe(0.5);
  });

  it("discounts a slate once, however many places it has", () => {
    const slate = [3, 2, 1].map((following) => ({ reward: 1, done: false, following }));
    const last = { reward: 4, done: true, following: 1 };
    expect(rewards([...slate, last], 0.5)).toEqual({ cumulative: 7, discounted: 3 + 2 });
  });

  it("adds rewards up, and discounts them within each session", () => {
    const transitions = [
      { reward: 1, done: false, following: 1 },
      { reward: 2, done: true, following: 1 },
      { reward: 4, done: true, following: 1 },
    ];
    expect(rewards(transitions, 0.5)).toEqual({ cumulative: 7, discounted: (1 + 1 + 4) / 2 });
  });
});

describe("activity", () => {
  it.each([
    [0, "cold"],
    [4, "cold"],
    [5, "warm"],
    [49, "warm"],
    [50, "heavy"],
  ])("%i engagements are %s", (engagements, activity) => {
    expect(activityOf(engagements)).toBe(activity);
  });
});
