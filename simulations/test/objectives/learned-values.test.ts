import type { PolicyScores } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { ARMS, type ObjectiveInput } from "../../src/objectives/arms.js";
import { bandit } from "../../src/objectives/bandit.js";
import { chain, impatientChain } from "../../src/objectives/chain.js";
import { learnProblem } from "../../src/objectives/learn-problem.js";
import { type Mdp, optimalValues, policyValues, worthOf } from "../../src/objectives/mdp.js";
import type { Problem } from "../../src/objectives/problem.js";
import { chooseEngine } from "../../src/population/engine-choice.js";

/** So that what is off is learning, and hardly the log. */
const EPISODES = 3000;
const SEEDS = [11, 12];

/** By an objective, or by the one of this name among those that are put to every problem. */
async function learned(problem: Problem, by: ObjectiveInput | string, seed: number): Promise<PolicyScores[]> {
  const objective = typeof by === "string" ? ARMS[by] : by;
  if (!objective) throw new Error(`no objective ${by}`);
  const engine = await chooseEngine("auto");
  const { scores } = learnProblem({ ...problem, episodes: EPISODES }, objective, engine, seed);
  return Array.from({ length: problem.mdp.states }, (_, state) => scores(state));
}

/** Q = V + logit, and what hosts are told is Q of the best. */
const actionValues = ({ logits, value }: PolicyScores): number[] =>
  Array.from(logits, (logit) => value - Math.max(...logits) + logit);

const exactActionValues = (mdp: Mdp): number[][] => {
  const values = optimalValues(mdp);
  return Array.from({ length: mdp.states }, (_, state) =>
    Array.from({ length: mdp.actions }, (_, action) => worthOf(mdp, state, action, values)),
  );
};

function furthest(found: readonly number[], exact: ArrayLike<number>): number {
  expect(found).toHaveLength(exact.length);
  return Math.max(...found.map((value, i) => Math.abs(value - (exact[i] ?? Number.NaN))));
}

const stateValue = ({ value }: PolicyScores): number => value;

describe("Q that q-learning learns", () => {
  it.each([
    { problem: bandit, penalty: 0.03, tolerance: 0.15 },
    { problem: chain, penalty: 0.03, tolerance: 0.05 },
    { problem: impatientChain, penalty: 0.03, tolerance: 0.15 },
    { problem: impatientChain, penalty: 0, tolerance: 0.05 },
  ])(
    "is within $tolerance of Q* in every state of $problem.name, with penalty $penalty",
    async ({ problem, penalty, tolerance }) => {
      for (const seed of SEEDS) {
        const scores = await learned(problem, { kind: "q-learning", penalty }, seed);
        const exact = exactActionValues(problem.mdp);
        expect(furthest(scores.flatMap(actionValues), exact.flat())).toBeLessThan(tolerance);
      }
    },
  );
});

describe("V that an objective learns", () => {
  const OF_THE_LOG = ["actor-critic", "policy-gradient"].flatMap((arm) =>
    [bandit, chain, impatientChain].map((problem) => ({ arm, problem })),
  );

  it.each(OF_THE_LOG)(
    "is within 0.1 of that of who logged $problem.name, by $arm",
    async ({ arm, problem }) => {
      const exact = policyValues(problem.mdp, problem.behaviour);
      expect(Math.abs((exact[0] ?? 0) - (optimalValues(problem.mdp)[0] ?? 0))).toBeGreaterThan(0.2);
      for (const seed of SEEDS) {
        const scores = await learned(problem, arm, seed);
        expect(furthest(scores.map(stateValue), exact)).toBeLessThan(0.1);
      }
    },
  );

  it.each(["actor-critic, by reward, V-trace", "ppo"])(
    "is within 0.05 of V* on the chain, by %s",
    async (arm) => {
      for (const seed of SEEDS) {
        const scores = await learned(chain, arm, seed);
        expect(furthest(scores.map(stateValue), optimalValues(chain.mdp))).toBeLessThan(0.05);
      }
    },
  );
});
