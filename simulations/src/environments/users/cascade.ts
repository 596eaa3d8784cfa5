/**
 * A list is read from the top, each entry is clicked with its own probability aₖ, and the first click ends it:
 *
 *   P(k) = aₖ Πⱼ₍ⱼ<ₖ₎ (1 − aⱼ)
 *
 * What is missing to 1 is that nothing is clicked.
 * Craswell, Zoeter, Taylor, Ramsey 2008, "An experimental comparison of click position-bias models", §3.4.
 */
export function cascadeProbabilities(attractions: readonly number[]): number[] {
  let reached = 1;
  return attractions.map((attraction) => {
    const probability = reached * attraction;
    reached *= 1 - attraction;
    return probability;
  });
}
