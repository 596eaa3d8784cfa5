import type { Transition } from "./trajectories.js";

/** G = r + γ·G of the next, up to the end of the episode: one a transition. */
export function discountedReturns(transitions: readonly Transition[], discount: number): Float64Array {
  const returns = new Float64Array(transitions.length);
  let next = 0;
  for (let i = transitions.length - 1; i >= 0; i--) {
    const { reward = 0, done = true } = transitions[i] ?? {};
    next = reward + (done ? 0 : discount * next);
    returns[i] = next;
  }
  return returns;
}
