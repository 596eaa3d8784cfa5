import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/catalogue/catalogue.js";
import type { Interaction } from "../../../src/learning/interaction.js";
import { opinion } from "../../../src/learning/rewards/opinion.js";
import { reward } from "../../../src/learning/rewards/reward.js";
import { trajectories } from "../../../src/learning/trajectories.js";
import { INTERACTION_KINDS } from "../../../src/task/interaction-kind.js";
import { parseTask } from "../../../src/task/parse-task.js";
import type { TaskSpec, TaskSpecInput } from "../../../src/task/task-spec.js";

const GENRES = ["drama", "comedy"];
const weights = { click: 1, purchase: 5, rating: 1, dwell: 1, skip: -0.5 };

function taskOf(spec: TaskSpecInput["reward"]): TaskSpec {
  const parsed = parseTask({
    name: "films",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: GENRES }] },
    model: { historyLength: 3 },
    reward: { weights, sessionGapMinutes: 60, ...spec },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

const linear = taskOf({});
const exponential = taskOf({ model: { kind: "exponential", scale: 2 } });
const signed = taskOf({
  model: { kind: "signed", negativeWeights: { rating: 2, dwell: 1, skip: 0.5 }, lossAversion: 2 },
});
const catalogue = createCatalogue(
  linear.catalogue.features,
  ["a", "b", "c", "d"].map((id, i) => ({ id, features: { genre: GENRES[i % 2] } })),
);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const event = (kind: Interaction["kind"], itemId: string, at: number, value?: number): Interaction => ({
  kind,
  itemId,
  at,
  ...(value !== undefined && { value }),
});
const rewardsOf = (task: TaskSpec, history: readonly Interaction[]) =>
  trajectories(task, catalogue, history).map((transition) => transition.reward);

const anything = fc.record({
  kind: fc.constantFrom(...INTERACTION_KINDS),
  value: fc.double({ min: -10, max: 1e6, noNaN: true }),
});

describe("the immediate reward", () => {
  it.each([
    ["purchase", undefined, 2 * (1 - Math.exp(-2.5))],
    ["dwell", 600, 2 * (1 - Math.exp(-5))],
    ["rating", 1, -2 * (1 - Math.exp(-0.5))],
    ["impression", undefined, 0],
  ] as const)("of the exponential model for a %s of %s is %d", (kind, value, expected) => {
    expect(reward(exponential, event(kind, "a", 0, value))).toBeCloseTo(expected, 12);
  });

  it.each([
    ["click", undefined, 1],
    ["rating", 5, 1],
    ["rating", 2, -2],
    ["dwell", 0, -2],
    ["dwell", 5, -1],
    ["dwell", 10, 0],
    ["dwell", 35, 0.5],
    ["dwell", 600, 1],
    ["skip", undefined, -1],
    ["dwell", undefined, 0],
    ["rating", undefined, 0],
  ] as const)("of the signed model for a %s of %s is %d", (kind, value, expected) => {
    expect(reward(signed, event(kind, "a", 0, value))).toBeCloseTo(expected, 12);
  });

  it("of the exponential model has the sign of the linear one, and never more than the scale", () => {
    fc.assert(
      fc.property(anything, ({ kind, value }) => {
        const [x, u] = [reward(linear, { kind, value }), reward(exponential, { kind, value })];
        expect(Math.sign(u)).toBe(Math.sign(x));
        expect(Math.abs(u)).toBeLessThanOrEqual(2);
      }),
    );
  });

  it("is linear when the task names no model, which then is not in the task that is hashed", () => {
    const named = taskOf({ model: { kind: "linear" } });
    fc.assert(
      fc.property(anything, (what) => {
        expect(reward(named, what)).toBe(reward(linear, what));
      }),
    );
    expect(linear.reward).not.toHaveProperty("model");
  });
});

describe("long-term rewards", () => {
  it("credit engagements of a session that another one follows within the horizon, in equal shares", () => {
    const task = taskOf({ returns: { weight: 1, horizonDays: 2 } });
    const history = [
      event("click", "a", 0),
      event("skip", "b", MINUTE),
      event("click", "c", 2 * MINUTE),
      event("click", "d", DAY),
      event("click", "a", 9 * DAY),
    ];
    expect(rewardsOf(task, history)).toEqual([1.5, -0.5, 1.5, 1, 1]);
  });

  it("take no opinion from a rating or a dwell that says nothing", () => {
    expect([opinion(event("rating", "a", 0)), opinion(event("dwell", "a", 0))]).toEqual([
      undefined,
      undefined,
    ]);
    expect(opinion(event("rating", "a", 0, 3))).toBe(0);
  });

  it("credit a session with its mean opinion, which may be a bad one", () => {
    const task = taskOf({ satisfaction: { weight: 2 } });
    const history = [event("click", "a", 0), event("skip", "b", 1), event("click", "c", DAY)];
    expect(rewardsOf(task, history)).toEqual([1 - 2, -0.5, 1]);
    const liked = [event("click", "a", 0), event("rating", "a", 1, 4)];
    expect(rewardsOf(task, liked)).toEqual([1 + 0.5, 0.5 + 0.5]);
  });

  it("credit an engagement for what it does not share with the events of its state", () => {
    const task = taskOf({ diversity: { weight: 1 } });
    const clicks = ["a", "c", "b", "b"].map((id, at) => event("click", id, at));
    const [first, same, other, half] = rewardsOf(task, clicks);
    expect([first, same]).toEqual([1, 1]);
    expect(other).toBeCloseTo(2, 6);
    expect(half).toBeCloseTo(1 + 2 / 3, 6);
  });

  it("add up, and never turn what nobody took to into something earned", () => {
    const terms = {
      returns: { weight: 3 },
      satisfaction: { weight: 2 },
      diversity: { weight: 1 },
    };
    const models = [undefined, { kind: "exponential" }, { kind: "signed" }] as const;
    const interaction = fc.record({
      kind: fc.constantFrom(...INTERACTION_KINDS),
      itemId: fc.constantFrom("a", "b", "c", "d"),
      value: fc.integer({ min: 0, max: 90 }),
      at: fc.integer({ min: 0, max: 500 * MINUTE }),
      recommendationId: fc.constantFrom("r", "s"),
    });
    fc.assert(
      fc.property(fc.array(interaction, { maxLength: 30 }), fc.constantFrom(...models), (history, model) => {
        const chosen = model && { model };
        const without = rewardsOf(taskOf({ ...chosen }), history);
        const all = rewardsOf(taskOf({ ...chosen, ...terms }), history);
        const each = Object.entries(terms).map(([name, term]) =>
          rewardsOf(taskOf({ ...chosen, [name]: term }), history),
        );
        for (const [i, earned] of all.entries()) {
          const immediate = without[i] ?? 0;
          const added = each.reduce((sum, one) => sum + (one[i] ?? 0) - immediate, immediate);
          expect(earned).toBeCloseTo(added, 9);
          if (immediate <= 0) expect(earned).toBe(immediate);
        }
      }),
    );
  });

  it("leave states as they are: what a state is made of never depends on what came later", () => {
    const history = ["a", "b", "c"].map((id, i) => event("click", id, i * DAY));
    const task = taskOf({ returns: { weight: 1 }, satisfaction: { weight: 5 } });
    const statesOf = (of: TaskSpec) => trajectories(of, catalogue, history).map(({ state }) => state);
    expect(statesOf(task)).toEqual(statesOf(linear));
  });
});

describe("a reward section", () => {
  it.each([
    [{ model: { kind: "exponential", scale: 0 } }, "reward.model.scale"],
    [{ model: { kind: "signed", lossAversion: -1 } }, "reward.model.lossAversion"],
    [{ model: { kind: "signed", shortDwellSeconds: 60 } }, "reward.model.shortDwellSeconds"],
    [{ model: { kind: "cubic" } }, "reward.model.kind"],
    [{ returns: { horizonDays: 1 } }, "reward.returns.weight"],
    [{ diversity: { weight: Number.NaN } }, "reward.diversity.weight"],
  ])("that says %j is refused by its field", (spec, field) => {
    const parsed = parseTask({
      name: "films",
      catalogue: { features: linear.catalogue.features },
      reward: spec,
    });
    expect(parsed).toMatchObject({ ok: false, problems: [{ field }] });
  });
});
