import { explore, SlateWalk, type TaskSpec } from "@tacit/shared";
import type { LivePolicy, Situation } from "../live-policy.js";
import type { LiveRules } from "./live-rules.js";

/**
 * A policy of scores alone. It has no embeddings to be unsure of: where the task explores by those (`ucb`, `thompson`), it is
 * epsilon-greedy with that kind's epsilon.
 *
 * @param score Of these rows of the catalogue, in their order; higher is shown first.
 * @param rulesOf What slates keep to; nothing when left out.
 */
export function scoredPolicy(
  exploration: TaskSpec["exploration"],
  score: (situation: Situation, rows: readonly number[]) => ArrayLike<number>,
  rulesOf: LiveRules = () => [],
): LivePolicy {
  const byScores =
    exploration.kind === "boltzmann"
      ? exploration
      : ({ kind: "epsilon-greedy", epsilon: exploration.epsilon } as const);
  return {
    begin(situation, rows, random) {
      const scores = score(situation, rows);
      const rules = rulesOf(situation, rows, scores);
      return new SlateWalk({ scores, policy: explore(byScores, { scores }, random), rules });
    },
  };
}
