import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discountedReturns } from "../../../src/learning/discounted-returns.js";
import { perPlace } from "../../../src/learning/objectives/per-place.js";
import type { Transition } from "../../../src/learning/trajectories.js";

const STATE = { events: [], at: 0 };
const DISCOUNT = 0.9;

/** A session of slates, with what each place of them earned. */
const session = (slates: readonly (readonly number[])[]): Transition[] =>
  slates.flatMap((rewards, i) => {
    const next = slates[i + 1] ?? [];
    const beside = next.length && next.reduce((sum, reward) => sum + reward, 0) * (1 - 1 / next.length);
    return rewards.map((reward, place) => ({
      ...{ state: STATE, nextState: STATE, action: 0, propensity: undefined },
      ...{ reward, beside, done: i === slates.length - 1, following: rewards.length - place },
    }));
  });

const rewards = fc.double({ min: -2, max: 2, noNaN: true });
const sessions = fc.array(fc.array(rewards, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 8 });

describe("rewards a place", () => {
  it("are those that were earned where one thing is shown at a time", () => {
    fc.assert(
      fc.property(sessions, (slates) => {
        const transitions = session(slates);
        expect(perPlace(transitions, 1)).toEqual(transitions);
      }),
    );
  });

  it("make all returns smaller by one factor, whatever a client's own slates are like", () => {
    fc.assert(
      fc.property(sessions, fc.integer({ min: 1, max: 20 }), (slates, length) => {
        const transitions = session(slates);
        const returns = discountedReturns(perPlace(transitions, length), DISCOUNT);
        for (const [i, all] of discountedReturns(transitions, DISCOUNT).entries()) {
          expect(returns[i]).toBeCloseTo(all / length, 9);
        }
      }),
    );
  });

  it("come to as much in slates of ten as in single choices, where every place earns the same", () => {
    const returnsOf = (length: number) =>
      discountedReturns(
        perPlace(session(Array.from({ length: 20 }, () => Array(length).fill(1))), length),
        DISCOUNT,
      );
    const most = (1 - DISCOUNT ** 20) / (1 - DISCOUNT);
    expect(returnsOf(1)[0]).toBeCloseTo(most, 9);
    // The place's own reward is a tenth; all that comes later is whole.
    expect(returnsOf(10)[0]).toBeCloseTo(most - 0.9, 9);
  });
});
