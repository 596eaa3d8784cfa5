import { describe, expect, it } from "vitest";
import { ARMS } from "../../src/objectives/arms.js";
import { bandit } from "../../src/objectives/bandit.js";
import { chain, impatientChain } from "../../src/objectives/chain.js";
import { contextualBandit } from "../../src/objectives/contextual-bandit.js";
import { grid } from "../../src/objectives/grid.js";
import { optimalValues, startValue } from "../../src/objectives/mdp.js";
import { playProblem } from "../../src/objectives/play-problem.js";
import type { Problem } from "../../src/objectives/problem.js";
import { PROBLEMS } from "../../src/objectives/problems.js";
import { chooseEngine } from "../../src/population/engine-choice.js";

const LOGS = [11, 12, 13, 14];

/** Of the optimum, in the mean over logs. One wrong context of three leaves 0.875 of the contextual bandit. */
const solved = (problem: Problem): number => (problem === grid ? 0.85 : 0.95);

const ONE_STEP = [bandit, contextualBandit];
const BY_RETURNS = [...ONE_STEP, chain];
const BY_CONSEQUENCES = [...BY_RETURNS, impatientChain, grid];

/** Which problems an objective solves whoever logged them; docs/learning/objectives.md says why not the others. */
const SOLVES: Readonly<Record<keyof typeof ARMS, readonly Problem[]>> = {
  "actor-critic": [],
  "actor-critic, by reward": ONE_STEP,
  "actor-critic, by reward, V-trace": BY_CONSEQUENCES,
  "policy-gradient": [bandit, chain],
  "policy-gradient, top 1": BY_RETURNS,
  ppo: BY_CONSEQUENCES,
  "q-learning": BY_CONSEQUENCES,
  "implicit-q-learning": BY_CONSEQUENCES,
  "self-supervised-actor-critic": [],
  "self-supervised-actor-critic, next item 0.1": BY_CONSEQUENCES,
};

const share = async (problem: Problem, arm: string, seed: number): Promise<number> => {
  const objective = ARMS[arm];
  if (!objective) throw new Error(`no objective ${arm}`);
  const { mdp } = problem;
  const optimum = startValue(mdp, optimalValues(mdp));
  return playProblem(problem, objective, await chooseEngine("auto"), seed) / optimum;
};

describe.each(PROBLEMS)("$name, which needs $needs", (problem) => {
  const able = Object.entries(SOLVES).flatMap(([arm, problems]) => (problems.includes(problem) ? [arm] : []));

  it.each(able)("is solved by %s", async (arm) => {
    const shares = await Promise.all(LOGS.map((seed) => share(problem, arm, seed)));
    expect(shares.reduce((sum, one) => sum + one, 0) / LOGS.length).toBeGreaterThanOrEqual(solved(problem));
  });
});

describe("what an objective is not made for", () => {
  it.each(["actor-critic", "self-supervised-actor-critic"])(
    "is to imitate less than its next-item term does by default: %s takes what was bought most often",
    async (arm) => {
      const [boughtMost, best] = [0.5, 0.8];
      expect(await share(bandit, arm, 11)).toBeCloseTo(boughtMost / best, 6);
    },
  );

  it("is to look for the one best item, where ten are shown at once", async () => {
    expect(await share(contextualBandit, "policy-gradient", 11)).toBeLessThan(solved(contextualBandit));
  });

  it("is to be more patient than the log, where returns are the log's own", async () => {
    expect(await share(impatientChain, "policy-gradient, top 1", 11)).toBeLessThan(solved(impatientChain));
  });
});

it("every objective is said to solve something or nothing", () => {
  expect(Object.keys(SOLVES)).toEqual(Object.keys(ARMS));
});
