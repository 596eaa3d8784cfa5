import { seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { chain } from "../../src/objectives/chain.js";
import { logEpisodes } from "../../src/objectives/log-episodes.js";
import { type Mdp, optimalValues, policyValues, startValue } from "../../src/objectives/mdp.js";
import { PROBLEMS } from "../../src/objectives/problems.js";

describe("exact dynamic programming", () => {
  it("waits at the chain: γ⁴ at its start, 1 before its end", () => {
    const values = optimalValues(chain.mdp);
    expect(values[0]).toBeCloseTo(0.9 ** 4, 10);
    expect(values[4]).toBeCloseTo(1, 10);
  });

  it("finds the closed form of a state that is left every other time", () => {
    const mdp: Mdp = {
      states: 1,
      actions: 1,
      discount: 0.8,
      starts: [0],
      worth: { like: 3 },
      outcomes: () => [
        { probability: 0.5, event: "like" },
        { probability: 0.5, next: 0 },
      ],
    };
    expect(policyValues(mdp, () => [1])[0]).toBeCloseTo(1.5 / (1 - 0.4), 10);
  });

  it.each(PROBLEMS)("no policy is worth more than the optimum of $name", ({ mdp, behaviour }) => {
    const optimum = startValue(mdp, optimalValues(mdp));
    expect(startValue(mdp, policyValues(mdp, behaviour))).toBeLessThan(optimum);
  });
});

describe("a log", () => {
  it.each(PROBLEMS)("of $name is worth what its policy is, and holds its propensities", (problem) => {
    const { mdp } = problem;
    const histories = logEpisodes({ ...problem, episodes: 4000 }, seededRandom(1));
    const worth = histories.map((history) => {
      let steps = -1;
      return history.reduce((sum, { kind, propensity = 1 }) => {
        expect(propensity).toBeGreaterThan(0);
        if (kind === "impression") steps++;
        return sum + mdp.discount ** steps * (mdp.worth[kind] ?? 0);
      }, 0);
    });
    const mean = worth.reduce((sum, value) => sum + value, 0) / worth.length;
    expect(mean).toBeCloseTo(startValue(mdp, policyValues(mdp, problem.behaviour)), 1);
  });
});
