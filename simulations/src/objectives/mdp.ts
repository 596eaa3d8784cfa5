import type { InteractionKind } from "@tacit/shared";

/** One thing that may follow an action. */
export interface Outcome {
  readonly probability: number;
  /** What the user does, worth what the process says; nothing when left out. */
  readonly event?: InteractionKind;
  /** The state after it; the episode ends when left out. */
  readonly next?: number;
}

/** A finite Markov decision process of episodes, small enough to be solved exactly. States and actions count from 0. */
export interface Mdp {
  readonly states: number;
  readonly actions: number;
  /** γ */
  readonly discount: number;
  /** Episodes begin in each of these as often. */
  readonly starts: readonly number[];
  readonly worth: Readonly<Partial<Record<InteractionKind, number>>>;
  /** Probabilities sum to 1. */
  outcomes(state: number, action: number): readonly Outcome[];
}

/** Changes below this are none. */
const PRECISION = 1e-12;

/** V* of every state, by value iteration (Bellman 1957; Sutton & Barto 2018, eq. 4.10). */
export const optimalValues = (mdp: Mdp): Float64Array =>
  fixedPoint(mdp, (worths) => worths.reduce((most, worth) => Math.max(most, worth)));

/** V of every state under a policy, one probability an action (Sutton & Barto 2018, eq. 4.5). */
export const policyValues = (mdp: Mdp, policy: (state: number) => readonly number[]): Float64Array =>
  fixedPoint(mdp, (worths, state) =>
    policy(state).reduce((sum, probability, action) => sum + probability * (worths[action] ?? 0), 0),
  );

/** What an episode is worth on average, by the values of states. */
export const startValue = ({ starts }: Mdp, values: ArrayLike<number>): number =>
  starts.reduce((sum, state) => sum + (values[state] ?? 0), 0) / starts.length;

function fixedPoint(mdp: Mdp, backup: (worths: readonly number[], state: number) => number): Float64Array {
  const values = new Float64Array(mdp.states);
  for (let change = Number.POSITIVE_INFINITY; change > PRECISION; ) {
    change = 0;
    for (let state = 0; state < mdp.states; state++) {
      const worths = Array.from({ length: mdp.actions }, (_, action) => worthOf(mdp, state, action, values));
      const value = backup(worths, state);
      change = Math.max(change, Math.abs(value - (values[state] ?? 0)));
      values[state] = value;
    }
  }
  return values;
}

/** Q(s, a) by the values of what follows (Sutton & Barto 2018, eq. 4.6). */
export function worthOf(mdp: Mdp, state: number, action: number, values: ArrayLike<number>): number {
  return mdp.outcomes(state, action).reduce((sum, { probability, event, next }) => {
    const reward = event === undefined ? 0 : (mdp.worth[event] ?? 0);
    const after = next === undefined ? 0 : mdp.discount * (values[next] ?? 0);
    return sum + probability * (reward + after);
  }, 0);
}
