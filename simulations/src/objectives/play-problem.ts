import type { Engine } from "@tacit/shared";
import type { ObjectiveInput } from "./arms.js";
import { learnProblem } from "./learn-problem.js";
import { policyValues, startValue } from "./mdp.js";
import type { Problem } from "./problem.js";

/**
 * Trains on one log of a problem, and follows the best score in every state. What an episode is worth by that policy: exact, by
 * dynamic programming.
 */
export function playProblem(
  problem: Problem,
  objective: ObjectiveInput,
  engine: Engine,
  seed: number,
): number {
  const { mdp } = problem;
  const learned = learnProblem(problem, objective, engine, seed);
  const policy = Array.from({ length: mdp.states }, (_, state) => allOnBest(learned.scores(state).logits));
  return startValue(
    mdp,
    policyValues(mdp, (state) => policy[state] ?? []),
  );
}

function allOnBest(logits: Float32Array): readonly number[] {
  const best = logits.indexOf(Math.max(...logits));
  return Array.from(logits, (_, action) => (action === best ? 1 : 0));
}
