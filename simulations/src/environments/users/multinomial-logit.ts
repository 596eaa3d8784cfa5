import type { Random } from "@tacit/shared";

/**
 * Choice of at most one alternative, by random utilities with Gumbel noise:
 *
 *   P(k) = wₖ exp(uₖ) / (exp(u₀) + Σⱼ wⱼ exp(uⱼ))
 *
 * where u₀ is the utility of none of them, and wₖ weighs how much alternative k is noticed (1 when left out).
 * McFadden 1974, "Conditional logit analysis of qualitative choice behavior", eq. 12.
 */
export function choiceProbabilities(
  utilities: readonly number[],
  outside: number,
  notice: (alternative: number) => number = () => 1,
): number[] {
  const most = utilities.reduce((greatest, utility) => Math.max(greatest, utility), outside);
  const weights = utilities.map((utility, k) => notice(k) * Math.exp(utility - most));
  const total = weights.reduce((sum, weight) => sum + weight, Math.exp(outside - most));
  return weights.map((weight) => weight / total);
}

/** One of the alternatives by their probabilities; undefined for none, which has what is missing to 1. */
export function drawChoice(probabilities: readonly number[], random: Random): number | undefined {
  let left = random.uniform();
  for (const [alternative, probability] of probabilities.entries()) {
    left -= probability;
    if (left < 0) return alternative;
  }
  return undefined;
}
