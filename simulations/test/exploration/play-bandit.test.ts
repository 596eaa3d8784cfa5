import { seededRandom, type TaskSpec } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { linearBandit } from "../../src/exploration/linear-bandit.js";
import { playBandit } from "../../src/exploration/play-bandit.js";
import { RidgeRegression } from "../../src/exploration/ridge-regression.js";

const ROUNDS = 150;
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed + 1);

const regretOf = (exploration: TaskSpec["exploration"]) =>
  SEEDS.reduce((sum, seed) => {
    const run = playBandit(linearBandit(seededRandom(seed)), exploration, ROUNDS, seededRandom(seed + 100));
    return sum + (run.at(-1) ?? 0) / SEEDS.length;
  }, 0);

describe("a linear bandit", () => {
  const uniform = regretOf({ kind: "epsilon-greedy", epsilon: 1 });
  const greedy = regretOf({ kind: "epsilon-greedy", epsilon: 0 });

  it.each([
    { kind: "ucb", width: 0.5, ridge: 1, epsilon: 0.02 },
    { kind: "thompson", deviation: 0.5, ridge: 1, draws: 16, epsilon: 0.02 },
    { kind: "boltzmann", temperature: 0.1 },
  ] as const)("costs $kind less than being greedy, and much less than showing anything", (exploration) => {
    const regret = regretOf(exploration);
    expect(regret).toBeLessThan(greedy);
    expect(regret).toBeLessThan(uniform / 2);
  });

  it("is no regret for the best item, and some for any other", () => {
    const bandit = linearBandit(seededRandom(4));
    const regrets = Array.from({ length: bandit.items }, (_, item) => bandit.regret(item));
    expect(Math.min(...regrets)).toBe(0);
    expect(regrets.filter((regret) => regret === 0)).toHaveLength(1);
  });

  it("comes out the same for the same seed", () => {
    const play = () =>
      playBandit(linearBandit(seededRandom(1)), { kind: "boltzmann", temperature: 1 }, 20, seededRandom(2));
    expect(play()).toEqual(play());
  });
});

describe("ridge regression", () => {
  it("is what the normal equations say", () => {
    const regression = new RidgeRegression(2);
    regression.observe(Float64Array.of(1, 0), 3);
    regression.observe(Float64Array.of(1, 1), 1);
    // [3 1; 1 2] θ = [4; 1]
    const [x = 0, y = 0] = regression.weights();
    expect(3 * x + y).toBeCloseTo(4, 12);
    expect(x + 2 * y).toBeCloseTo(1, 12);
  });
});
