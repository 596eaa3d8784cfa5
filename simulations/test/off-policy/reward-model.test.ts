import { seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { BanditLog } from "../../src/off-policy/log/bandit-log.js";
import { drawFolds } from "../../src/off-policy/log/folds.js";
import { encodeColumns } from "../../src/off-policy/model/encoded-columns.js";
import { fitLogistic, sigmoid } from "../../src/off-policy/model/logistic-regression.js";
import { type ColumnChoice, rewardColumns } from "../../src/off-policy/model/reward-columns.js";
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
    const { entries, width, widths, places, values } = encodeColumns(
      [
        ["1", 3, null],
        ["a", "b", "a"],
      ],
      3,
    );
    expect({ entries, width, widths }).toEqual({ entries: 2, width: 3, widths: [1, 2] });
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
  const modelOf = (of: BanditLog, choice: ColumnChoice = {}) => {
    const columns = rewardColumns(of, choice);
    if (!columns.ok) throw new Error(columns.message);
    return rewardModel(of, columns, uniformPolicy(of), fold, 3);
  };

  it("finds what items and users are worth, and what a policy may expect", () => {
    const { estimates, expectations } = modelOf(log);
    for (let round = 0; round < 20; round++) {
      const old = ages[round] === "old";
      expect(Math.abs((estimates[round] ?? 0) - chance(actions[round] ?? 0, old))).toBeLessThan(0.08);
      expect(Math.abs((expectations[round] ?? 0) - (0.3 + (old ? 0.2 : 0)))).toBeLessThan(0.05);
    }
  });

  it("judges a round without having seen its reward", () => {
    const one = 17;
    const changed = { ...log, rewards: log.rewards.map((reward, i) => (i === one ? 1 - reward : reward)) };
    const before = modelOf(log).estimates;
    const after = modelOf(changed).estimates;
    expect(after[one]).toBe(before[one]);
    const other = [...fold.keys()].find((round) => fold[round] !== fold[one]) ?? 0;
    expect(after[other]).not.toBe(before[other]);
  });

  it("scales rewards beyond [0, 1] and back", () => {
    const paid = { ...log, rewards: log.rewards.map((reward) => 5 * reward) };
    const { expectations } = modelOf(paid);
    const plain = modelOf(log).expectations;
    for (let round = 0; round < 20; round++) {
      expect(expectations[round]).toBeCloseTo(5 * (plain[round] ?? 0), 6);
    }
  });

  it("reads the columns that are chosen, and no other", () => {
    const users = new Set(modelOf(log, { contexts: [] }).expectations.map((value) => value));
    expect(users.size).toBe(3); // a fold each
    const { estimates } = modelOf(log, { itemFeatures: [] });
    const old = (round: number) => ages[round] === "old" && fold[round] === 0;
    expect(new Set([...estimates].filter((_, round) => old(round))).size).toBe(1);
  });
});

describe("the columns of a reward model", () => {
  const many = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name} ${i}`);
  const logOf = (queries: number, items: number): BanditLog => ({
    items: many(items, "item").map((id, i) => ({ id, features: { price: i, title: `title ${i % 700}` } })),
    places: 2,
    actions: new Int32Array(queries),
    positions: new Int32Array(queries),
    rewards: new Float64Array(queries),
    propensities: new Float64Array(queries).fill(1),
    times: new Float64Array(queries).fill(Number.NaN),
    contexts: new Map([
      ["age", many(queries, "").map((_, i) => String(i))],
      ["query", many(queries, "query")],
    ]),
  });

  it("are all that there are, which item it is among them, unless some are named", () => {
    const log = logOf(5, 4);
    expect(rewardColumns(log)).toMatchObject({
      contexts: ["age", "query"],
      itemFeatures: ["price", "title", "item_id"],
      width: 1 + (1 + 5) + (1 + 4 + 4) + 2,
    });
    const choice = { contexts: ["AGE"], itemFeatures: ["item_id", "price"] };
    expect(rewardColumns(log, choice)).toMatchObject({
      contexts: ["age"],
      itemFeatures: ["price", "item_id"],
      width: 1 + 1 + (1 + 4) + 2,
    });
    expect(rewardColumns(log, { contexts: [], itemFeatures: [] })).toMatchObject({ width: 3 });
  });

  it("that there are not are refused with those that there are", () => {
    const answer = rewardColumns(logOf(5, 4), { contexts: ["age", "sex"] });
    expect(answer).toMatchObject({
      reason: "unknown-column",
      message: '--contexts: no column "sex"; there are: age, query',
    });
    expect(rewardColumns(logOf(5, 4), { itemFeatures: ["genre"] })).toMatchObject({
      message: '--item-features: no column "genre"; there are: price, title, item_id',
    });
  });

  it("that are too many are refused with the widest and both ways out", () => {
    const log = logOf(2000, 900);
    const answer = rewardColumns(log);
    if (answer.ok) throw new Error("nothing was refused");
    expect(answer).toMatchObject({ reason: "too-wide" });
    for (const said of [
      'context "query" (2000), item feature "item_id" (900)',
      "--contexts",
      "--item-features",
      "--estimator ips,snips",
    ]) {
      expect(answer.message).toContain(said);
    }
    expect(rewardColumns(log, { contexts: ["age"], itemFeatures: ["title"] }).ok).toBe(true);
  });
});
