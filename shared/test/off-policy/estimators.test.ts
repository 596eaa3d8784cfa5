import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directMethod } from "../../src/off-policy/direct-method.js";
import { doublyRobust } from "../../src/off-policy/doubly-robust.js";
import { type EstimatorTerms, estimatedValue } from "../../src/off-policy/estimator-terms.js";
import { ips } from "../../src/off-policy/ips.js";
import { leastErrorParameter } from "../../src/off-policy/least-error-parameter.js";
import type { ModelledRounds } from "../../src/off-policy/logged-rounds.js";
import { selfNormalisedDoublyRobust } from "../../src/off-policy/self-normalised-doubly-robust.js";
import { shrunkDoublyRobust, shrunkWeight } from "../../src/off-policy/shrunk-doubly-robust.js";
import { snips } from "../../src/off-policy/snips.js";
import { switchDoublyRobust, switchedWeight } from "../../src/off-policy/switch-doubly-robust.js";

interface Round {
  readonly reward: number;
  readonly propensity: number;
  readonly probability: number;
  readonly estimate: number;
  readonly expectation: number;
}

const roundsOf = (rounds: readonly Round[]): ModelledRounds => ({
  rewards: Float64Array.from(rounds, ({ reward }) => reward),
  propensities: Float64Array.from(rounds, ({ propensity }) => propensity),
  probabilities: Float64Array.from(rounds, ({ probability }) => probability),
  estimates: Float64Array.from(rounds, ({ estimate }) => estimate),
  expectations: Float64Array.from(rounds, ({ expectation }) => expectation),
});

const value = (terms: EstimatorTerms) => estimatedValue(terms);

describe("estimates of a log of four rounds, worked out by hand", () => {
  // Weights 0.5, 2, 3, 0.
  const rounds: ModelledRounds = {
    rewards: Float64Array.of(1, 0, 1, 0.5),
    propensities: Float64Array.of(0.5, 0.25, 0.2, 0.8),
    probabilities: Float64Array.of(0.25, 0.5, 0.6, 0),
    estimates: Float64Array.of(0.5, 0.25, 0.4, 0.3),
    expectations: Float64Array.of(0.4, 0.3, 0.6, 0.2),
  };

  it.each([
    ["IPS: (0.5 + 3) / 4", ips(rounds), 0.875],
    ["SNIPS: 3.5 / 5.5", snips(rounds), 7 / 11],
    ["DM: 1.5 / 4", directMethod(rounds), 0.375],
    ["DR: 0.375 + (0.25 − 0.5 + 1.8) / 4", doublyRobust(rounds), 0.7625],
    ["SNDR: 0.375 + 1.55 / 5.5", selfNormalisedDoublyRobust(rounds), 0.375 + 1.55 / 5.5],
    ["Switch-DR, τ = 2: 0.375 − 0.25 / 4", switchDoublyRobust(rounds, 2), 0.3125],
    [
      "DRos, λ = 2: weights 4/9, 2/3, 6/11",
      shrunkDoublyRobust(rounds, 2),
      0.375 + ((4 / 9) * 0.5 - (2 / 3) * 0.25 + (6 / 11) * 0.6) / 4,
    ],
  ])("%s", (_, terms, expected) => {
    expect(value(terms)).toBeCloseTo(expected, 14);
  });
});

/** Two contexts, three actions, rewards of 0 and 1: every log of one round can be written down. */
const CONTEXTS = [0.3, 0.7];
const LOGGING = [
  [0.2, 0.3, 0.5],
  [0.6, 0.3, 0.1],
];
const POLICY = [
  [0.7, 0.3, 0],
  [0.05, 0.15, 0.8],
];
const CHANCE = [
  [0.1, 0.5, 0.9],
  [0.3, 0.2, 0.6],
];
const at = (table: readonly (readonly number[])[], context: number, action: number) =>
  table[context]?.[action] ?? Number.NaN;

const TRUTH = CONTEXTS.reduce(
  (sum, share, x) => sum + share * [0, 1, 2].reduce((v, a) => v + at(POLICY, x, a) * at(CHANCE, x, a), 0),
  0,
);

interface Beliefs {
  readonly propensity: (context: number, action: number) => number;
  readonly model: (context: number, action: number) => number;
}

const RIGHT: Beliefs = {
  propensity: (x, a) => at(LOGGING, x, a),
  model: (x, a) => at(CHANCE, x, a),
};
const wrongModel = (x: number, a: number) => 0.9 - 0.3 * a + 0.2 * x;
const wrongPropensity = () => 1 / 3;

/** Every round there can be, and how likely it is. */
function everyRound({ propensity, model }: Beliefs): (Round & { readonly chance: number })[] {
  return CONTEXTS.flatMap((share, x) =>
    [0, 1, 2].flatMap((a) =>
      [0, 1].map((reward) => ({
        chance: share * at(LOGGING, x, a) * (reward === 1 ? at(CHANCE, x, a) : 1 - at(CHANCE, x, a)),
        reward,
        propensity: propensity(x, a),
        probability: at(POLICY, x, a),
        estimate: model(x, a),
        expectation: [0, 1, 2].reduce((sum, b) => sum + at(POLICY, x, b) * model(x, b), 0),
      })),
    ),
  );
}

/** The estimator's expectation over all logs of so many rounds. */
function expectation(
  estimator: (rounds: ModelledRounds) => EstimatorTerms,
  beliefs: Beliefs,
  length = 1,
): number {
  const every = everyRound(beliefs);
  const over = (chosen: readonly Round[], chance: number): number =>
    chosen.length === length
      ? chance * value(estimator(roundsOf(chosen)))
      : every.reduce((sum, round) => sum + over([...chosen, round], chance * round.chance), 0);
  return over([], 1);
}

describe("expectations over every log there can be", () => {
  it("of IPS is the value of the policy", () => {
    expect(expectation(ips, RIGHT)).toBeCloseTo(TRUTH, 12);
    expect(expectation(ips, RIGHT, 3)).toBeCloseTo(TRUTH, 12);
  });

  it("of DR is the value where the propensities or the model are right, and not where neither is", () => {
    expect(expectation(doublyRobust, RIGHT)).toBeCloseTo(TRUTH, 12);
    expect(expectation(doublyRobust, { ...RIGHT, model: wrongModel }, 2)).toBeCloseTo(TRUTH, 12);
    expect(expectation(doublyRobust, { ...RIGHT, propensity: wrongPropensity }, 2)).toBeCloseTo(TRUTH, 12);
    const neither = expectation(doublyRobust, { model: wrongModel, propensity: wrongPropensity });
    expect(Math.abs(neither - TRUTH)).toBeGreaterThan(0.01);
  });

  it("of the direct method is the value where the model is right only", () => {
    expect(expectation(directMethod, RIGHT)).toBeCloseTo(TRUTH, 12);
    expect(Math.abs(expectation(directMethod, { ...RIGHT, model: wrongModel }) - TRUTH)).toBeGreaterThan(0.1);
  });

  it("of SNIPS comes closer with every round", () => {
    const biases = [1, 2, 3, 4].map((rounds) => Math.abs(expectation(snips, RIGHT, rounds) - TRUTH));
    expect(biases).toEqual(biases.toSorted((a, b) => b - a));
  });

  it("of Switch-DR and DRos is the value where the model is right, whatever the parameter", () => {
    const beliefs = { ...RIGHT, propensity: wrongPropensity };
    expect(expectation((rounds) => switchDoublyRobust(rounds, 1), beliefs)).toBeCloseTo(TRUTH, 12);
    expect(expectation((rounds) => shrunkDoublyRobust(rounds, 3), beliefs)).toBeCloseTo(TRUTH, 12);
  });
});

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const round = fc.record({
  reward: fc.double({ min: -3, max: 3, noNaN: true }),
  propensity: fc.double({ min: 0.01, max: 1, noNaN: true }),
  probability: fc.double({ min: 0.01, max: 1, noNaN: true }),
  estimate: unit,
  expectation: unit,
});
const logs = fc.array(round, { minLength: 1, maxLength: 12 });
const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(1e-9);

describe("any log", () => {
  it("SNIPS stays within the rewards, and a factor on all propensities does not move it", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const estimate = value(snips(roundsOf(log)));
        const rewards = log.map(({ reward }) => reward);
        expect(estimate).toBeGreaterThanOrEqual(Math.min(...rewards) - 1e-12);
        expect(estimate).toBeLessThanOrEqual(Math.max(...rewards) + 1e-12);
        const halved = log.map((one) => ({ ...one, propensity: one.propensity / 2 }));
        near(value(snips(roundsOf(halved))), estimate);
      }),
    );
  });

  it("DR is IPS and SNDR is SNIPS without a model's opinion", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const rounds = roundsOf(log.map((one) => ({ ...one, estimate: 0, expectation: 0 })));
        near(value(doublyRobust(rounds)), value(ips(rounds)));
        near(value(selfNormalisedDoublyRobust(rounds)), value(snips(rounds)));
      }),
    );
  });

  it("Switch-DR and DRos lie between the direct method (0) and DR (∞)", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const rounds = roundsOf(log);
        for (const estimator of [switchDoublyRobust, shrunkDoublyRobust]) {
          near(value(estimator(rounds, 0)), value(directMethod(rounds)));
          near(value(estimator(rounds, Number.POSITIVE_INFINITY)), value(doublyRobust(rounds)));
        }
        near(value(shrunkDoublyRobust(rounds, 1e18)), value(doublyRobust(rounds)));
      }),
    );
  });

  it("on the logging policy itself IPS and SNIPS are the mean reward", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const rounds = roundsOf(log.map((one) => ({ ...one, probability: one.propensity })));
        const mean = log.reduce((sum, { reward }) => sum + reward, 0) / log.length;
        near(value(ips(rounds)), mean);
        near(value(snips(rounds)), mean);
      }),
    );
  });
});

describe("the parameter of the least estimated error", () => {
  it("cuts off the large weights where the model is right on average", () => {
    const log = Array.from({ length: 2000 }, (_, i) => ({
      reward: i % 2,
      propensity: i % 100 < 2 ? 0.01 : 0.5,
      probability: i % 100 < 2 ? 1 : 0.5,
      estimate: 0.5,
      expectation: 0.5,
    }));
    expect(leastErrorParameter(roundsOf(log), switchedWeight)).toBeLessThan(100);
    expect(leastErrorParameter(roundsOf(log), shrunkWeight)).toBeLessThan(100);
  });

  it("keeps every weight where they are all small and the model is far off", () => {
    const log = Array.from({ length: 5000 }, (_, i) => ({
      reward: i % 2,
      propensity: 0.5,
      probability: i % 4 < 2 ? 0.6 : 0.4,
      estimate: 5,
      expectation: 5,
    }));
    expect(leastErrorParameter(roundsOf(log), switchedWeight)).toBeGreaterThanOrEqual(2);
    expect(leastErrorParameter(roundsOf(log), shrunkWeight)).toBe(Number.POSITIVE_INFINITY);
  });
});
