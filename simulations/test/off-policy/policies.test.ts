import { epsilonGreedy, SlateWalk, seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { BanditLog } from "../../src/off-policy/log/bandit-log.js";
import { drawFolds } from "../../src/off-policy/log/folds.js";
import { betaDraw } from "../../src/off-policy/policies/beta-draw.js";
import { empiricalPolicy } from "../../src/off-policy/policies/empirical-policy.js";
import { epsilonGreedyPolicy } from "../../src/off-policy/policies/epsilon-greedy-policy.js";
import { explorationMarginals } from "../../src/off-policy/policies/exploration-marginals.js";
import { sampledMarginals } from "../../src/off-policy/policies/sampled-marginals.js";
import { thompsonPolicy } from "../../src/off-policy/policies/thompson-policy.js";
import { uniformPolicy } from "../../src/off-policy/policies/uniform-policy.js";
import { zozotownPrior } from "../../src/off-policy/policies/zozotown-prior.js";

const itemsOf = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(i), features: {} }));

function logOf(
  rounds: readonly (readonly [action: number, position: number, reward: number])[],
  items = 3,
): BanditLog {
  return {
    items: itemsOf(items),
    places: 1 + Math.max(...rounds.map(([, position]) => position)),
    actions: Int32Array.from(rounds, ([action]) => action),
    positions: Int32Array.from(rounds, ([, position]) => position),
    rewards: Float64Array.from(rounds, ([, , reward]) => reward),
    propensities: new Float64Array(rounds.length).fill(0.5),
    times: new Float64Array(rounds.length).fill(Number.NaN),
    contexts: new Map(),
  };
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe("the empirical policy", () => {
  it("shows every item as often as the other log does, place by place", () => {
    const log = logOf([
      [0, 0, 0],
      [0, 1, 0],
    ]);
    const shown = logOf([
      [0, 0, 0],
      [0, 0, 1],
      [2, 0, 0],
      [1, 1, 0],
    ]);
    const made = empiricalPolicy(log, shown);
    if (!made.ok) throw new Error(made.message);
    expect([...made.policy.probabilities(0)]).toEqual([2 / 3, 0, 1 / 3]);
    expect([...made.policy.probabilities(1)]).toEqual([0, 1, 0]);
  });

  it("is refused where the other log is silent about a place", () => {
    const made = empiricalPolicy(
      logOf([
        [0, 0, 0],
        [0, 1, 0],
      ]),
      logOf([[0, 0, 0]]),
    );
    expect(made).toMatchObject({ ok: false, reason: "no-distribution" });
  });
});

describe("the marginals of epsilon-greedy slates", () => {
  it("are those of many slates that the SDK draws, and sum to 1 at each place", () => {
    const scores = [0.5, 3, 1, 2, -1];
    const ranked = [1, 3, 2, 0, 4];
    const draws = 40_000;
    const random = seededRandom(3);
    const counts = [0, 1, 2].map(() => new Float64Array(scores.length));
    for (let draw = 0; draw < draws; draw++) {
      for (const [place, { place: item }] of epsilonGreedy(scores, 3, 0.4, random).entries()) {
        const count = counts[place];
        if (count) count[item] = (count[item] ?? 0) + 1;
      }
    }
    for (const [place, marginals] of explorationMarginals(ranked, 3, 0.4).entries()) {
      expect(total(marginals)).toBeCloseTo(1, 12);
      for (const [item, probability] of marginals.entries()) {
        const error = Math.sqrt((probability * (1 - probability)) / draws);
        expect(Math.abs((counts[place]?.[item] ?? 0) / draws - probability)).toBeLessThan(5 * error);
      }
    }
  });

  it("are probabilities, however little or much is explored", () => {
    for (const epsilon of [0, 1e-17, 1e-16, 3e-16, 1e-3, 0.1, 1 / 3, 0.7, 1 - 1e-16, 1]) {
      for (const items of [1, 2, 3, 7]) {
        const ranked = Array.from({ length: items }, (_, item) => item);
        for (const marginals of explorationMarginals(ranked, 3, epsilon)) {
          expect(Math.max(...marginals)).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it("are the ranking itself without exploration", () => {
    expect(explorationMarginals([2, 0, 1], 2, 0).map((marginals) => [...marginals])).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });
});

describe("distributions counted over slates", () => {
  /** Shows the best that is left, for certain. */
  const bestPlaces = (scores: Float64Array) => scores.map((score) => (score === Math.max(...scores) ? 1 : 0));

  it("give an item that is in every slate exactly 1, though so many shares may not add up to it", () => {
    for (const draws of [10, 100, 1000, 30_000]) {
      const random = seededRandom(1);
      const begin = () => new SlateWalk({ scores: [0, 1], policy: bestPlaces });
      const marginals = sampledMarginals(begin, { items: 2, places: 2, draws, random });
      expect(marginals).toEqual([Float64Array.of(0, 1), Float64Array.of(1, 0)]);
      const log = logOf(Array.from({ length: 20_000 }, (_, i) => [i % 2, 0, i % 2] as const));
      const fold = drawFolds(log.actions.length, 2, random);
      const thompson = thompsonPolicy(
        { ...log, items: itemsOf(2) },
        { fold, folds: 2, draws, random, openBandit: false },
      );
      expect(thompson.probabilities(0)).toEqual(Float64Array.of(0, 1));
    }
  });

  it("stay within [0, 1] where a policy's own probabilities are above 1 by rounding", () => {
    const policy = (scores: Float64Array) => bestPlaces(scores).map((one) => one * (1 + Number.EPSILON));
    const begin = () => new SlateWalk({ scores: [0, 1], policy });
    const [marginals] = sampledMarginals(begin, {
      items: 2,
      places: 1,
      draws: 1000,
      random: seededRandom(1),
    });
    expect(marginals).toEqual(Float64Array.of(0, 1));
  });
});

describe("policies that learn from the log", () => {
  // Item 2 is rewarded, and only ever outside of the rounds that are looked at.
  const log = logOf(Array.from({ length: 90 }, (_, i) => [i % 3, 0, i % 3 === 2 ? 1 : 0] as const));
  const fold = drawFolds(90, 3, seededRandom(1));

  it("show what the other folds found best", () => {
    const policy = epsilonGreedyPolicy(log, 0.3, fold, 3);
    for (const round of [0, 40, 89]) {
      const [first, second, best] = policy.probabilities(round);
      expect(first).toBeCloseTo(0.1, 12);
      expect(second).toBeCloseTo(0.1, 12);
      expect(best).toBeCloseTo(0.8, 12);
    }
    const random = seededRandom(1);
    const thompson = thompsonPolicy(log, { fold, folds: 3, draws: 500, random, openBandit: true });
    expect(thompson.probabilities(0)[2]).toBeGreaterThan(0.95);
  });

  it("never see the fold they are evaluated on", () => {
    const turned = {
      ...log,
      rewards: log.rewards.map((reward, round) => (fold[round] === 0 ? 10 * (1 - reward) : reward)),
    };
    const before = epsilonGreedyPolicy(log, 0, fold, 3);
    const after = epsilonGreedyPolicy(turned, 0, fold, 3);
    for (const round of fold.keys()) {
      const [was, is] = [before, after].map((policy) => [...policy.probabilities(round)]);
      if (fold[round] === 0) expect(is).toEqual(was);
      else expect(is).not.toEqual(was);
    }
  });

  it("are distributions, and folds are of one size", () => {
    const sizes = [0, 1, 2].map(
      (one) => drawFolds(91, 3, seededRandom(2)).filter((other) => other === one).length,
    );
    expect(sizes.toSorted()).toEqual([30, 30, 31]);
    expect(total(uniformPolicy(log).probabilities(5))).toBeCloseTo(1, 12);
  });
});

describe("Thompson sampling", () => {
  it("draws from Beta distributions: mean and variance of a thousand-fold sample", () => {
    const random = seededRandom(4);
    for (const [alpha, beta] of [
      [0.5, 0.5],
      [2, 5],
      [47, 12_198],
    ] as const) {
      const draws = Array.from({ length: 20_000 }, () => betaDraw(alpha, beta, random));
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
      const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
      const expected = (alpha * beta) / ((alpha + beta) ** 2 * (alpha + beta + 1));
      expect(Math.abs(mean - alpha / (alpha + beta))).toBeLessThan(5 * Math.sqrt(expected / draws.length));
      expect(Math.abs(variance / expected - 1)).toBeLessThan(0.1);
    }
  });

  it("has the shop's prior for the campaigns of the Open Bandit Dataset only", () => {
    expect(zozotownPrior(itemsOf(34))?.alpha).toHaveLength(34);
    expect(zozotownPrior(itemsOf(33))).toBeUndefined();
    expect(zozotownPrior(itemsOf(34).map(({ id }) => ({ id: `x${id}`, features: {} })))).toBeUndefined();
    const backwards = zozotownPrior(itemsOf(46).toReversed());
    expect([backwards?.alpha[45], backwards?.beta[45]]).toEqual([12, 3612]);
  });
});
