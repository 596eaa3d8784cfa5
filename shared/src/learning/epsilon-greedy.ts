import type { Random } from "../random/random.js";
import { best } from "./best.js";

export interface ExploredItem {
  /** Place among the scores that were given. */
  readonly place: number;
  /** Exact probability that this item is shown here, given the items shown above it. */
  readonly propensity: number;
}

/**
 * A slate of `count` items by their scores. Each place of it takes the best remaining item, or with probability epsilon
 * a uniform one of those remaining. (Sutton & Barto, 2018, §2.2)
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
