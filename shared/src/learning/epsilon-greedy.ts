import type { Random } from "../random/random.js";

export interface ExploredItem {
  /** Place in the ranking that was given. */
  readonly rank: number;
  /** Exact probability that this item is shown here, given the items shown above it. */
  readonly propensity: number;
}

/**
 * A slate of `count` from a ranking of `size`, best first. Each place takes the best remaining item, or with
 * probability epsilon a uniform one of those remaining. (Sutton & Barto, 2018, §2.2)
 */
export function epsilonGreedy(size: number, count: number, epsilon: number, random: Random): ExploredItem[] {
  const remaining = Array.from({ length: size }, (_, rank) => rank);
  const slate: ExploredItem[] = [];
  while (slate.length < count && remaining.length > 0) {
    const uniform = epsilon / remaining.length;
    const place = random.uniform() < epsilon ? random.integer(remaining.length) : 0;
    const [rank] = remaining.splice(place, 1);
    if (rank === undefined) break;
    slate.push({ rank, propensity: place === 0 ? 1 - epsilon + uniform : uniform });
  }
  return slate;
}
