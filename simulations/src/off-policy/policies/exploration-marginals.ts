/** Subsets of the ranked items that may come to be greedy are kept apart: 2^places of them. */
export const MOST_EXACT_PLACES = 12;

/**
 * How likely epsilon-greedy shows each item at each place, whatever is above it: exact. Place k takes the best item that is
 * not shown yet, or with probability epsilon a uniform one of those. Only the first `places` items of the ranking can ever be
 * the best that is left; all others are alike.
 * @param ranked All items, best first.
 * @param places At most {@link MOST_EXACT_PLACES}.
 */
export function explorationMarginals(
  ranked: readonly number[],
  places: number,
  epsilon: number,
): Float64Array[] {
  const items = ranked.length;
  const top = Math.min(places, items);
  const rest = items - top;
  // How likely each subset of the top items has been shown; all else that was shown are others.
  let chances = new Float64Array(1 << top);
  chances[0] = 1;
  return Array.from({ length: places }, (_, place) => {
    const marginals = new Float64Array(items);
    const next = new Float64Array(chances.length);
    for (const [shown, chance] of chances.entries()) {
      if (chance === 0 || place >= items) continue;
      const uniform = epsilon / (items - place);
      let greedy = 0;
      let count = 0;
      while (shown & (1 << greedy)) greedy++;
      for (let rank = 0; rank < top; rank++) {
        if (shown & (1 << rank)) {
          count++;
          continue;
        }
        const moves = chance * (uniform + (rank === greedy ? 1 - epsilon : 0));
        const item = ranked[rank] ?? 0;
        marginals[item] = (marginals[item] ?? 0) + moves;
        next[shown | (1 << rank)] = (next[shown | (1 << rank)] ?? 0) + moves;
      }
      const others = chance * uniform * (rest - (place - count));
      next[shown] = (next[shown] ?? 0) + others;
      for (let rank = top; rank < items; rank++) {
        const item = ranked[rank] ?? 0;
        marginals[item] = (marginals[item] ?? 0) + others / rest;
      }
    }
    chances = next;
    return marginals;
  });
}
