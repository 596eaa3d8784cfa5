import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discountedReturns } from "../../../src/learning/discounted-returns.js";
import { doubleQTargets } from "../../../src/learning/objectives/double-q-targets.js";
import { vTrace } from "../../../src/learning/objectives/v-trace.js";
import { sampledLogPolicy } from "../../../src/learning/sampled-log-policy.js";
import type { Transition } from "../../../src/learning/trajectories.js";

const STATE = { events: [], at: 0 };
const DISCOUNT = 0.9;

const step = (reward: number, done: boolean, propensity?: number): Transition => ({
  state: STATE,
  action: 0,
  reward,
  nextState: STATE,
  done,
  propensity,
  following: 1,
  beside: 0,
});

const sessions = fc
  .array(
    fc.record({
      reward: fc.double({ min: -2, max: 2, noNaN: true }),
      done: fc.boolean(),
      value: fc.double({ min: -2, max: 2, noNaN: true }),
      logPolicy: fc.double({ min: -3, max: 0, noNaN: true }),
      propensity: fc.double({ min: 0.05, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) => steps.with(-1, { ...(steps.at(-1) ?? fail()), done: true }));

function fail(): never {
  throw new Error("no steps");
}

describe("discounted returns", () => {
  it("are r + γ G up to the end of the episode, and nothing of the next one", () => {
    const transitions = [step(1, false), step(0, false), step(2, true), step(5, true)];
    expect([...discountedReturns(transitions, 0.5)]).toEqual([1.5, 1, 2, 5]);
  });
});

describe("V-trace", () => {
  const traceOf = (
    steps: readonly { reward: number; done: boolean; value: number; logPolicy: number; propensity: number }[],
    clips: { rhoClip: number; cClip: number },
    lambda = 1,
    logged = true,
  ) =>
    vTrace(
      steps.map(({ reward, done, propensity }) => step(reward, done, logged ? propensity : undefined)),
      steps.map(({ value }) => value),
      steps.map(({ logPolicy }) => logPolicy),
      { discount: DISCOUNT, lambda, ...clips },
    );

  it("is the sum over the session that its paper writes, equation 1", () => {
    fc.assert(
      fc.property(sessions, fc.double({ min: 0.5, max: 3, noNaN: true }), (steps, clip) => {
        const clips = { rhoClip: clip, cClip: 1 };
        const trace = traceOf(steps, clips);
        for (const [s, { value }] of steps.entries()) {
          let [sum, product, discount] = [value, 1, 1];
          for (let t = s; t < steps.length; t++) {
            const now = steps[t] ?? fail();
            const ratio = Math.exp(now.logPolicy) / now.propensity;
            const next = now.done ? 0 : (steps[t + 1]?.value ?? 0);
            const rho = Math.min(clips.rhoClip, ratio);
            sum += discount * product * rho * (now.reward + DISCOUNT * next - now.value);
            product *= Math.min(clips.cClip, ratio);
            discount *= DISCOUNT;
            if (now.done) break;
          }
          expect(trace.values[s]).toBeCloseTo(sum, 8);
        }
      }),
    );
  });

  it("gives back the discounted returns where the actions are the policy's own, and one step where λ is 0", () => {
    fc.assert(
      fc.property(sessions, (steps) => {
        const transitions = steps.map(({ reward, done }) => step(reward, done));
        const returns = discountedReturns(transitions, DISCOUNT);
        const whole = traceOf(steps, { rhoClip: 1, cClip: 1 }, 1, false);
        const single = traceOf(steps, { rhoClip: 1, cClip: 1 }, 0, false);
        for (const [i, { reward, done }] of steps.entries()) {
          expect(whole.values[i]).toBeCloseTo(returns[i] ?? Number.NaN, 8);
          expect(whole.actions[i]).toBeCloseTo(returns[i] ?? Number.NaN, 8);
          const next = done ? 0 : (steps[i + 1]?.value ?? 0);
          expect(single.actions[i]).toBeCloseTo(reward + DISCOUNT * next, 8);
        }
      }),
    );
  });

  it("has generalised advantages where nothing is logged: Σ (γλ)^l δ", () => {
    fc.assert(
      fc.property(sessions, fc.double({ min: 0, max: 1, noNaN: true }), (steps, lambda) => {
        const trace = traceOf(steps, { rhoClip: 1, cClip: 1 }, lambda, false);
        let advantage = 0;
        for (let i = steps.length - 1; i >= 0; i--) {
          const { reward, done, value } = steps[i] ?? fail();
          const next = done ? 0 : (steps[i + 1]?.value ?? 0);
          advantage = reward + DISCOUNT * next - value + (done ? 0 : DISCOUNT * lambda * advantage);
          expect((trace.actions[i] ?? Number.NaN) - value).toBeCloseTo(advantage, 8);
        }
      }),
    );
  });
});

describe("double Q targets", () => {
  it("take the action that is best online, at what it is worth to the received parameters", () => {
    const targets = doubleQTargets([step(1, false), step(3, true)], 0.5, 2, [1, 2, 9, 9], [10, 4, 9, 9]);
    expect([...targets]).toEqual([1 + 0.5 * 4, 3]);
  });
});

describe("the sampled policy", () => {
  it("is the softmax over the catalogue when each negative stands for one item", () => {
    const logits = [0, 0, 0, 1, 2, 3];
    const total = Math.exp(1) + Math.exp(2) + Math.exp(3);
    expect(sampledLogPolicy(logits, 1, 3, 1)).toBeCloseTo(1 - Math.log(total), 12);
    expect(sampledLogPolicy(logits, 0, 3, 7)).toBeCloseTo(-Math.log(1 + 2 * 7), 12);
  });
});
