import type { Transition } from "../trajectories.js";

/**
 * The same transitions with rewards a place of a slate of `slateLength`: all returns are in that one smaller unit, a slate's
 * about as large as those of single choices. V's loss, which grows with their square, would else take most of an update that is
 * clipped. The unit is the task's and not a history's, since V is one for all clients.
 */
export function perPlace(transitions: readonly Transition[], slateLength: number): readonly Transition[] {
  if (slateLength === 1) return transitions;
  return transitions.map((transition) => ({
    ...transition,
    reward: transition.reward / slateLength,
    beside: transition.beside / slateLength,
  }));
}
