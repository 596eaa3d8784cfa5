import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import { discountedReturns } from "../../src/learning/discounted-returns.js";
import type { Interaction } from "../../src/learning/interaction.js";
import { reward } from "../../src/learning/rewards/reward.js";
import { currentState } from "../../src/learning/state.js";
import { trajectories } from "../../src/learning/trajectories.js";
import { INTERACTION_KINDS } from "../../src/task/interaction-kind.js";
import { parseTask } from "../../src/task/parse-task.js";

const parsed = parseTask({
  name: "films",
  catalogue: { features: [{ name: "genre", kind: "categorical", values: ["drama"] }] },
  model: { historyLength: 3 },
  reward: { weights: { click: 1, purchase: 5, rating: 1, dwell: 2, skip: -0.5 }, sessionGapMinutes: 60 },
});
if (!parsed.ok) throw new Error("valid");
const { task } = parsed;
const ids = ["a", "b", "c", "d"];
const catalogue = createCatalogue(
  task.catalogue.features,
  ids.map((id) => ({ id, features: {} })),
);
const MINUTE = 60_000;
const click = (itemId: string, at: number): Interaction => ({ kind: "click", itemId, at });

describe("the reward model", () => {
  it.each<[Partial<Interaction>, number]>([
    [{ kind: "click" }, 1],
    [{ kind: "purchase" }, 5],
    [{ kind: "skip" }, -0.5],
    [{ kind: "impression" }, 0],
    [{ kind: "like" }, 0],
    [{ kind: "rating", value: 5 }, 1],
    [{ kind: "rating", value: 3 }, 0],
    [{ kind: "rating", value: 1 }, -1],
    [{ kind: "dwell", value: 30 }, 1],
    [{ kind: "dwell", value: 600 }, 2],
  ])("of %j is %d", (interaction, expected) => {
    expect(reward(task, { kind: "click", itemId: "a", at: 0, ...interaction })).toBeCloseTo(expected, 12);
  });
});

describe("trajectories", () => {
  it("credit an impression with what followed from it, and with nothing where nothing did", () => {
    const shown = { recommendationId: "r", propensity: 0.25, at: 0 };
    const transitions = trajectories(task, catalogue, [
      { kind: "impression", itemId: "a", ...shown },
      { kind: "impression", itemId: "b", ...shown },
      { kind: "click", itemId: "b", recommendationId: "r", at: 1 },
      { kind: "purchase", itemId: "b", recommendationId: "r", at: 2 },
    ]);
    expect(transitions.map(({ action, reward: earned, propensity }) => [action, earned, propensity])).toEqual(
      [
        [0, 0, 0.25],
        [1, 6, 0.25],
      ],
    );
  });

  it("go on from a slate to what comes after it, whichever of its places was taken", () => {
    const slate = (recommendationId: string, at: number) =>
      ["a", "b", "c"].map((itemId) => ({ kind: "impression", itemId, recommendationId, at }) as const);
    const transitions = trajectories(task, catalogue, [
      ...slate("r", 0),
      { ...click("a", 1), recommendationId: "r" },
      ...slate("s", MINUTE),
      { ...click("b", MINUTE + 1), recommendationId: "s" },
      { kind: "purchase", itemId: "c", recommendationId: "s", at: MINUTE + 2 },
      click("d", 2 * MINUTE),
      click("a", 200 * MINUTE),
    ]);
    const next = transitions.map(({ nextState }) => nextState.events.map(({ item }) => item));
    expect(next).toEqual([[0], [0], [0], [0, 1, 2], [0, 1, 2], [0, 1, 2], [1, 2, 3], [1, 2, 3]]);
    expect(transitions.map(({ following }) => following)).toEqual([3, 2, 1, 3, 2, 1, 1, 1]);
    expect(transitions.map(({ done }) => done)).toEqual([...Array(6).fill(false), true, true]);
    // Of 1 + 5, the mean of three places is 2.
    expect(transitions.map(({ beside }) => beside)).toEqual([4, 4, 4, 0, 0, 0, 0, 0]);
    // Each place: its own, and all that comes later, once.
    expect([...discountedReturns(transitions, 0.5)]).toEqual([4.25, 3.25, 3.25, 0.5, 1.5, 5.5, 1, 1]);
  });

  it("end at session gaps, and at the last interaction", () => {
    const transitions = trajectories(task, catalogue, [
      click("a", 0),
      click("b", 10 * MINUTE),
      click("c", 100 * MINUTE),
    ]);
    expect(transitions.map(({ done }) => done)).toEqual([false, true, true]);
  });

  it("hold the latest engagements before the action, oldest first", () => {
    const history = ["a", "b", "c", "d", "a"].map((id, i) => click(id, i * MINUTE));
    const [, , , , last] = trajectories(task, catalogue, history);
    expect(last?.state.events.map(({ item }) => item)).toEqual([1, 2, 3]);
    const state = currentState(task, catalogue, history, 10 * MINUTE);
    expect(state.events.map(({ item }) => item)).toEqual([2, 3, 0]);
  });

  it("pass over items that the catalogue does not have", () => {
    expect(trajectories(task, catalogue, [click("nobody", 0), click("a", 1)])).toHaveLength(1);
  });

  it("never show an action its own outcome, in whatever order the history comes", () => {
    const interaction = fc.record({
      kind: fc.constantFrom(...INTERACTION_KINDS),
      itemId: fc.constantFrom(...ids, "unknown"),
      at: fc.integer({ min: 0, max: 500 * MINUTE }),
      recommendationId: fc.constantFrom("r", "s"),
    });
    fc.assert(
      fc.property(fc.array(interaction, { maxLength: 30 }), (history) => {
        const transitions = trajectories(task, catalogue, history);
        for (const { state, nextState } of transitions) {
          expect(state.events.length).toBeLessThanOrEqual(3);
          for (const event of state.events) expect(event.at).toBeLessThan(state.at);
          expect(nextState.at).toBeGreaterThanOrEqual(state.at);
        }
        expect(transitions.at(-1)?.done ?? true).toBe(true);
      }),
    );
  });
});

describe("context", () => {
  const hours = { name: "hour", kind: "categorical", values: ["day", "night"] } as const;
  const told = parseTask({ ...task, context: { features: [hours] } });
  if (!told.ok) throw new Error("valid");
  const night = { context: { hour: "night" } };

  it("is what was told with the action, and in no state of a task that does not ask for it", () => {
    const history = [click("a", 0), { ...click("b", 1), ...night }];
    const states = trajectories(told.task, catalogue, history).map(({ state }) => state);
    expect(states.map(({ context }) => context)).toEqual([Float32Array.of(0, 0), Float32Array.of(0, 1)]);
    expect(trajectories(told.task, catalogue, history)[0]?.nextState.context).toEqual(Float32Array.of(0, 1));
    expect(trajectories(task, catalogue, history).every(({ state }) => !("context" in state))).toBe(true);
    expect(currentState(told.task, catalogue, history, 2, night.context).context).toEqual(
      Float32Array.of(0, 1),
    );
  });

  it("has features that are checked as those of items are", () => {
    const features = [{ name: "hour", kind: "numeric", minimum: 2, maximum: 1 }, hours];
    const refused = parseTask({ ...task, context: { features } });
    expect(refused).toMatchObject({
      problems: [{ field: "context.features.0.maximum" }, { field: "context.features.1.name" }],
    });
  });
});
