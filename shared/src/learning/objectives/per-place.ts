import type { ObjectiveSpec } from "../../task/objective-spec.js";
import type { TaskSpec } from "../../task/task-spec.js";
import type { Transition } from "../trajectories.js";

/** Whose V stands for the future. */
const COUNTING: ReadonlySet<ObjectiveSpec["kind"]> = new Set(["actor-critic", "policy-gradient", "ppo"]);

/** The transitions in the unit of the task's V ({@link perPlace}). Without a future returns do not grow with the slate. */
export function inUnitOfValue(
  { learning: { objective, slateLength = 1 }, reward }: TaskSpec,
  transitions: readonly Transition[],
): readonly Transition[] {
  const counts = reward.discount > 0 && COUNTING.has(objective.kind);
  return counts ? perPlace(transitions, slateLength) : transitions;
}

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
