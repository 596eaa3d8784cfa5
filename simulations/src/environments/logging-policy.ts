import type { Random } from "@tacit/shared";

interface LoggedPlace {
  readonly index: number;
  /** Exact probability of this item in this place, given the places above it. */
  readonly propensity: number;
}

/** The policy that logged the impressions: slates without repetition. */
export interface LoggingPolicy {
  slate(length: number, random: Random): LoggedPlace[];
  /** Probability of every item in the next place, after `shown`. Sums to 1; 0 for the items shown. */
  probabilities(shown: ReadonlySet<number>): Float64Array;
}

/**
 * With probability `epsilon` a uniform remaining item, else one with probability proportional to its weight: a
 * popularity softmax when the weights are exponentials of popularity.
 */
export function mixedPolicy(weights: Float64Array, epsilon: number): LoggingPolicy {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (const [index, weight] of weights.entries()) cumulative[index] = total += weight;
  const at = (index: number) => weights[index] ?? 0;

  const byWeight = (random: Random): number => {
    const target = random.uniform() * total;
    let [low, high] = [0, weights.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const remainingWeight = (shown: ReadonlySet<number>) =>
    [...shown].reduce((rest, index) => rest - at(index), total);
  const probability = (index: number, shown: ReadonlySet<number>) =>
    epsilon / (weights.length - shown.size) + ((1 - epsilon) * at(index)) / remainingWeight(shown);

  return {
    slate(length, random) {
      const shown = new Set<number>();
      const places: LoggedPlace[] = [];
      while (places.length < length) {
        const explore = random.uniform() < epsilon;
        let index: number;
        do index = explore ? random.integer(weights.length) : byWeight(random);
        while (shown.has(index));
        places.push({ index, propensity: probability(index, shown) });
        shown.add(index);
      }
      return places;
    },
    probabilities: (shown) => weights.map((_, index) => (shown.has(index) ? 0 : probability(index, shown))),
  };
}
