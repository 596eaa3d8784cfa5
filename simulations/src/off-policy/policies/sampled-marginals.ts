import { drawSlate, type Random, type SlateWalk } from "@tacit/shared";

/**
 * How likely a policy shows each item at each place, whatever is above it: the mean of its exact distributions over slates that
 * it draws, which is unbiased, and exact at the first place where the policy draws nothing but places.
 *
 * @param begin Begins a slate over all items, in their order.
 */
export function sampledMarginals(
  begin: () => SlateWalk,
  { items, places, draws, random }: { items: number; places: number; draws: number; random: Random },
): Float64Array[] {
  const marginals = Array.from({ length: places }, () => new Float64Array(items));
  for (let draw = 0; draw < draws; draw++) {
    const walk = begin();
    for (const marginal of marginals) {
      for (const [item, probability] of (walk.distribution() ?? []).entries()) {
        marginal[item] = (marginal[item] ?? 0) + probability;
      }
      drawSlate(walk, 1, random);
    }
  }
  // Sums of probabilities may be beyond the number of draws by rounding.
  return marginals.map((marginal) => marginal.map((sum) => Math.min(1, sum / draws)));
}
