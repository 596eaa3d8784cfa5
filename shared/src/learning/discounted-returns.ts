import { nextDecision } from "./next-decision.js";
import type { Transition } from "./trajectories.js";

/** G = r + γ·(all that comes of the next decision), up to the end of the episode: one a transition. */
export function discountedReturns(transitions: readonly Transition[], discount: number): Float64Array {
  const returns = new Float64Array(transitions.length);
  for (let i = transitions.length - 1; i >= 0; i--) {
    const { reward = 0, done = true } = transitions[i] ?? {};
    returns[i] = reward + (done ? 0 : discount * nextDecision(transitions, i, returns));
  }
  return returns;
}
