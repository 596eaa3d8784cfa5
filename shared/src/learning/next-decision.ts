import type { Transition } from "./trajectories.js";

/**
 * What the decision after this transition comes to, by what each of its places does: their mean, and what the places beside one
 * earned. Of a slate of one that is its own number. 0 where these transitions end before it: whoever has cut a history
 * there is not to know what came of it.
 */
export function nextDecision(
  transitions: readonly Pick<Transition, "following" | "beside">[],
  place: number,
  comesTo: ArrayLike<number>,
): number {
  const { following = 1, beside = 0 } = transitions[place] ?? {};
  const first = place + following;
  if (first >= transitions.length) return 0;
  const places = transitions[first]?.following ?? 1;
  let sum = 0;
  for (let i = first; i < first + places; i++) sum += comesTo[i] ?? 0;
  return sum / places + beside;
}
