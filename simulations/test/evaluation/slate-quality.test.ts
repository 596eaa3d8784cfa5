import { createCatalogue, type FeatureSpec, type Item, parseTask } from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EnvironmentClient } from "../../src/environments/environment.js";
import { activitiesOf, byActivity } from "../../src/evaluation/by-activity.js";
import type { Scorer } from "../../src/evaluation/scorer.js";
import { slateQuality } from "../../src/evaluation/slate-quality.js";

const features: FeatureSpec[] = [
  { name: "price", kind: "numeric", minimum: 0, maximum: 100, scale: "linear" },
  { name: "genre", kind: "categorical", values: ["a", "b"], buckets: 0 },
];
const items: Item[] = Array.from({ length: 40 }, (_, n) => ({
  id: `i${n}`,
  features: { price: n, genre: n < 20 ? "a" : "b" },
}));
const parsed = parseTask({ name: "t", catalogue: { features } });
if (!parsed.ok) throw new Error("no task");
const { task } = parsed;
const catalogue = createCatalogue(features, items);
const click = (n: number) => ({ kind: "click", itemId: `i${n}`, at: n }) as const;
const client = (id: string, taken: readonly number[]): EnvironmentClient => ({
  id,
  history: taken.map(click),
  heldOut: click(39),
  touched: new Set([...taken, 39].map((n) => `i${n}`)),
});
/** Later rows first, or earlier ones. */
const byRow = (sign: 1 | -1): Scorer => ({
  score: (_, candidates) => candidates.map((rows) => rows.map((row) => sign * row)),
});

describe("what slates are like", () => {
  const clients = [client("u", [0, 1]), client("v", [0, 30])];

  it("is told of the ten best that a client has not touched", () => {
    const low = slateQuality(byRow(-1), clients, catalogue, task);
    // i2 to i11 for u, i1 to i10 for v.
    expect(low.coverage).toBe(11 / 40);
    expect(low.miscalibration.mean).toBeGreaterThan(0);
    const high = slateQuality(byRow(1), [client("u", [0, 1])], catalogue, task);
    expect(high.coverage).toBe(10 / 40);
    // All of one genre, and the history of the other one.
    expect(high.miscalibration.mean).toBeCloseTo(Math.log(100), 9);
  });

  it("counts as novel what few know, and as popular what many do", () => {
    const { novelty, popularityLift } = slateQuality(byRow(1), clients, catalogue, task);
    // Nobody but v knows any item of the upper half, and v's own are not shown to it.
    expect(novelty.mean).toBeCloseTo(1, 1);
    expect(popularityLift.mean).toBeLessThan(0);
  });
});

describe("what people have taken to", () => {
  it("is not what they were merely shown, or skipped, however often", () => {
    const merely = fc.record({
      kind: fc.constantFrom("impression", "skip"),
      itemId: fc.constantFrom(...items.map(({ id }) => id)),
      at: fc.integer({ min: 0, max: 30 }),
    });
    const clients = [client("u", [0, 1, 25]), client("v", [3, 30])];
    const before = slateQuality(byRow(1), clients, catalogue, task);
    fc.assert(
      fc.property(fc.array(merely, { maxLength: 20 }), (shown) => {
        const more = clients.map((one) => ({ ...one, history: [...one.history, ...shown] }));
        expect(slateQuality(byRow(1), more, catalogue, task)).toEqual(before);
      }),
    );
  });
});

describe("cohorts of activity", () => {
  it("part users by their engagements", () => {
    const clients = [
      client("cold", [1]),
      client("warm", [1, 2, 3, 4, 5]),
      client("also warm", [1, 2, 3, 4, 5, 6]),
    ];
    expect(byActivity(activitiesOf(task, clients), [1, 0, 1])).toEqual({
      cold: { mean: 1, standardError: 0, users: 1 },
      warm: { mean: 0.5, standardError: 0.5, users: 2 },
      heavy: { mean: 0, standardError: 0, users: 0 },
    });
  });

  it("leave out of a group who has no value", () => {
    expect(byActivity(["cold", "cold", "warm"], [0.5, undefined, undefined])).toEqual({
      cold: { mean: 0.5, standardError: 0, users: 1 },
      warm: { mean: 0, standardError: 0, users: 0 },
      heavy: { mean: 0, standardError: 0, users: 0 },
    });
  });

  it("are told of slates, too: together they are everybody", () => {
    const clients = [
      client("cold", [0]),
      client("warm", [0, 1, 2, 3, 4]),
      client("also warm", [5, 6, 7, 8, 9]),
    ];
    const { novelty } = slateQuality(byRow(1), clients, catalogue, task);
    const { cold, warm, heavy } = novelty.byActivity;
    expect([cold.users, warm.users, heavy.users]).toEqual([1, 2, 0]);
    expect((cold.mean + 2 * warm.mean) / 3).toBeCloseTo(novelty.mean, 9);
  });
});
