import type { Transition } from "../trajectories.js";

/**
 * The same transitions with rewards a place: divided by the mean number of places of a decision of this history, which is 1
 * without slates. All returns of the history are then in one smaller unit, a slate's about as large as those of single choices:
 * V's loss, which grows with their square, would else take most of an update that is clipped. Terms that have no unit (entropy,
 * next items) count that much more beside them.
 */
export function perPlace(transitions: readonly Transition[]): readonly Transition[] {
  const decisions = transitions.filter(({ following }) => following === 1).length;
  if (decisions === transitions.length) return transitions;
  const share = decisions / transitions.length;
  return transitions.map((transition) => ({
    ...transition,
    reward: transition.reward * share,
    beside: transition.beside * share,
  }));
}
