import { best } from "../learning/best.js";

/**
 * Probabilities with which epsilon-greedy by these scores shows a slate, place by place, each given the items above it: what
 * {@link epsilonGreedy} would have logged as their propensities.
 * @param slate Places among the scores, first item of the slate first; none twice.
 */
export function slateProbabilities(
  scores: ArrayLike<number>,
  slate: readonly number[],
  epsilon: number,
): number[] {
  const ranked = best(scores, slate.length);
  const shown = new Set<number>();
  let next = 0;
  return slate.map((place) => {
    while (shown.has(ranked[next] ?? -1)) next++;
    const uniform = epsilon / (scores.length - shown.size);
    shown.add(place);
    return place === ranked[next] ? 1 - epsilon + uniform : uniform;
  });
}
