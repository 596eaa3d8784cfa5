import type { Interaction, Random } from "@tacit/shared";
import type { Outcome } from "./mdp.js";
import type { Problem } from "./problem.js";

const MOST_STEPS = 60;
const STEP_MILLISECONDS = 1000;

export const itemOf = (action: number): string => `action ${action}`;
export const cellOf = (state: number): string => `state ${state}`;

/** One history an episode: what the behaviour policy showed, with its propensities, and what followed. */
export function logEpisodes({ mdp, episodes, ...problem }: Problem, random: Random): Interaction[][] {
  return Array.from({ length: episodes }, (_, episode) => {
    const history: Interaction[] = [];
    let state = mdp.starts[random.integer(mdp.starts.length)];
    for (let step = 0; state !== undefined && step < MOST_STEPS; step++) {
      const policy = problem.behaviour(state);
      const action = drawn(policy, random);
      const shown = {
        itemId: itemOf(action),
        recommendationId: `${episode}.${step}`,
        context: { cell: cellOf(state) },
      };
      const at = step * STEP_MILLISECONDS;
      history.push({ kind: "impression", ...shown, at, propensity: policy[action] ?? 0 });
      const outcomes = mdp.outcomes(state, action);
      const { event, next }: Partial<Outcome> = outcomes[drawn(outcomes.map(probabilityOf), random)] ?? {};
      if (event) history.push({ kind: event, ...shown, at: at + 1 });
      state = next;
    }
    return history;
  });
}

const probabilityOf = ({ probability }: Outcome): number => probability;

function drawn(probabilities: readonly number[], random: Random): number {
  let left = random.uniform();
  const place = probabilities.findIndex((probability) => {
    left -= probability;
    return left < 0;
  });
  return place < 0 ? probabilities.length - 1 : place;
}
