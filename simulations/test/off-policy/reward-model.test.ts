import { seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { BanditLog } from "../../src/off-policy/log/bandit-log.js";
import { drawFolds } from "../../src/off-policy/log/folds.js";
import { encodeColumns } from "../../src/off-policy/model/encoded-columns.js";
import { fitLogistic, sigmoid } from "../../src/off-policy/model/logistic-regression.js";
import { rewardModel } from "../../src/off-policy/model/reward-model.js";
import { uniformPolicy } from "../../src/off-policy/policies/uniform-policy.js";

describe("the logistic regression", () => {
  const random = seededRandom(5);
  const rows = 200;
  const values = Float64Array.from({ length: 3 * rows }, (_, i) => (i % 3 === 0 ? 1 : random.normal()));
  const places = Int32Array.from({ length: 3 * rows }, (_, i) => i % 3);
  const targets = Float64Array.from({ length: rows }, (_, row) =>
    random.uniform() < sigmoid(-1 + 2 * (values[3 * row + 1] ?? 0)) ? 1 : 0,
  );
  const problem = { entries: 3, width: 3, places, values, targets, ridge: 0.7 };

  it("ends where the gradient of the penalised likelihood is 0", () => {
    const beta = fitLogistic(problem);
    for (let i = 0; i < 3; i++) {
      let gradient = i === 0 ? 0 : 0.7 * (beta[i] ?? 0);
      for (let row = 0; row < rows; row++) {
        const logit = [0, 1, 2].reduce((sum, k) => sum + (values[3 * row + k] ?? 0) * (beta[k] ?? 0), 0);
        gradient += (sigmoid(logit) - (targets[row] ?? 0)) * (values[3 * row + i] ?? 0);
      }
      expect(Math.abs(gradient)).toBeLessThan(1e-4);
    }
    expect(beta[1]).toBeGreaterThan(1);
  });

  it("is the log odds of the share where nothing else is known", () => {
    const alone = {
      entries: 1,
      width: 1,
      places: new Int32Array(4),
      values: new Float64Array(4).fill(1),
      targets: Float64Array.of(1, 0, 0, 0),
      ridge: 1,
    };
    expect(fitLogistic(alone)[0]).toBeCloseTo(Math.log(1 / 3), 6);
  });

  it("comes to an end where there was no reward at all", () => {
    const beta = fitLogistic({ ...problem, targets: new Float64Array(rows) });
    expect(beta.every(Number.isFinite)).toBe(true);
    expect(sigmoid(beta[0] ?? 0)).toBeLessThan(0.01);
  });
});

describe("encoded columns", () => {
  it("scale numbers, and mark texts and what is missing", () => {
    const { entries, width, places, values } = encodeColumns(
      [
        ["1", 3, null],
        ["a", "b", "a"],
      ],
      3,
    );
    expect({ entries, width }).toEqual({ entries: 2, width: 3 });
    expect([...places]).toEqual([0, 1, 0, 2, 0, 1]);
    expect([...values]).toEqual([-1, 1, 1, 1, 0, 1]);
  });
});

describe("the reward model", () => {
  const random = seededRandom(6);
  const rounds = 3000;
  const chance = (action: number, old: boolean) => 0.1 + 0.2 * action + (old ? 0.2 : 0);
  const actions = Int32Array.from({ length: rounds }, () => random.integer(3));
  const ages = Array.from({ length: rounds }, () => (random.uniform() < 0.5 ? "old" : "young"));
  const log: BanditLog = {
    items: [0, 1, 2].map((id) => ({ id: String(id), features: {} })),
    places: 1,
    actions,
    positions: new Int32Array(rounds),
    rewards: Float64Array.from(actions, (action, i) =>
      random.uniform() < chance(action, ages[i] === "old") ? 1 : 0,
    ),
    propensities: new Float64Array(rounds).fill(1 / 3),
    times: new Float64Array(rounds).fill(Number.NaN),
    contexts: new Map([["age", ages]]),
  };
  const fold = drawFolds(rounds, 3, seededRandom(1));

  it("finds what items and users are worth, and what a policy may expect", () => {
    const { estimates, expectations } = rewardModel(log, uniformPolicy(log), fold, 3);
    for (let round = 0; round < 20; round++) {
      const old = ages[round] === "old";
      expect(Math.abs((estimates[round] ?? 0) - chance(actions[round] ?? 0, old))).toBeLessThan(0.08);
      expect(Math.abs((expectations[round] ?? 0) - (0.3 + (old ? 0.2 : 0)))).toBeLessThan(0.05);
    }
  });

  it("judges a round without having seen its reward", () => {
    const one = 17;
    const changed = { ...log, rewards: log.rewards.map((reward, i) => (i === one ? 1 - reward : reward)) };
    const before = rewardModel(log, uniformPolicy(log), fold, 3).estimates;
    const after = rewardModel(changed, uniformPolicy(log), fold, 3).estimates;
    expect(after[one]).toBe(before[one]);
    const other = [...fold.keys()].find((round) => fold[round] !== fold[one]) ?? 0;
    expect(after[other]).not.toBe(before[other]);
  });

  it("scales rewards beyond [0, 1] and back", () => {
    const paid = { ...log, rewards: log.rewards.map((reward) => 5 * reward) };
    const { expectations } = rewardModel(paid, uniformPolicy(log), fold, 3);
    const plain = rewardModel(log, uniformPolicy(log), fold, 3).expectations;
    for (let round = 0; round < 20; round++) {
      expect(expectations[round]).toBeCloseTo(5 * (plain[round] ?? 0), 6);
    }
  });
});
