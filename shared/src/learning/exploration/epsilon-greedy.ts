import type { Random } from "../../random/random.js";
import { best } from "../best.js";
import type { PlacePolicy } from "./place-policy.js";

export interface ExploredItem {
  /** Place among the scores that were given. */
  readonly place: number;
  /** Exact probability that this item is shown here, given the items shown above it. */
  readonly propensity: number;
}

/**
 * A slate of `count` items by their scores. Each place of it takes the best remaining item, or with probability epsilon
 * a uniform one of those remaining. (Sutton & Barto, 2018, §2.2) The same as {@link epsilonGreedyPlaces} place by place, in
 * O(n log count).
 */
export function epsilonGreedy(
  scores: ArrayLike<number>,
  count: number,
  epsilon: number,
  random: Random,
): ExploredItem[] {
  const length = Math.min(count, scores.length);
  const ranked = best(scores, length);
  const shown = new Set<number>();
  const slate: ExploredItem[] = [];
  let next = 0;
  while (slate.length < length) {
    while (shown.has(ranked[next] ?? -1)) next++;
    const greedy = ranked[next] ?? 0;
    const uniform = epsilon / (scores.length - shown.size);
    const place = random.uniform() < epsilon ? anyBut(shown, scores.length, random) : greedy;
    slate.push({ place, propensity: place === greedy ? 1 - epsilon + uniform : uniform });
    shown.add(place);
  }
  return slate;
}

/** Uniform among those not shown. Slates are short beside what they are made of, or both are small. */
function anyBut(shown: ReadonlySet<number>, size: number, random: Random): number {
  let place = random.integer(size);
  while (shown.has(place)) place = random.integer(size);
  return place;
}

/** The best, or with probability epsilon a uniform one. */
export const epsilonGreedyPlaces =
  (epsilon: number): PlacePolicy =>
  (scores) =>
    mixedWithUniform(epsilon, scores, oneHot(greedyPlace(scores), scores.length));

/** (1 − epsilon) · probabilities + epsilon · the uniform distribution over what is not out. */
export function mixedWithUniform(
  epsilon: number,
  scores: Float64Array,
  probabilities: Float64Array,
): Float64Array {
  const left = scores.reduce((count, score) => count + Number(score > Number.NEGATIVE_INFINITY), 0);
  return probabilities.map((probability, place) => {
    if (scores[place] === Number.NEGATIVE_INFINITY) return 0;
    return (1 - epsilon) * probability + epsilon / left;
  });
}

/** Place of the highest score; of equal ones the first. */
export function greedyPlace(scores: ArrayLike<number>): number {
  let greedy = 0;
  for (let place = 1; place < scores.length; place++) {
    if ((scores[place] ?? 0) > (scores[greedy] ?? 0)) greedy = place;
  }
  return greedy;
}

function oneHot(place: number, length: number): Float64Array {
  const probabilities = new Float64Array(length);
  probabilities[place] = 1;
  return probabilities;
}
