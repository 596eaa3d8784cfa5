import type { NetworkShape } from "../network/network-shape.js";

/**
 * How much each event counts in the mean: 2^(−age / half-life) · (1 + k)^−decay for the event that k others followed, as
 * parts of 1. Age tells weeks apart; the place tells apart what one sitting did within minutes. Writes one weight an
 * event, oldest first, from cell `first` on.
 */
export function writeRecencyWeights(
  agesInDays: ArrayLike<number>,
  { halfLifeDays, placeDecay = 0 }: Pick<NetworkShape, "halfLifeDays" | "placeDecay">,
  into: Float32Array | Float64Array,
  first: number,
): void {
  const count = agesInDays.length;
  let newest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) newest = Math.min(newest, agesInDays[i] ?? 0);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const weight = 2 ** (-((agesInDays[i] ?? 0) - newest) / halfLifeDays) * (count - i) ** -placeDecay;
    into[first + i] = weight;
    sum += weight;
  }
  for (let i = first; i < first + count; i++) into[i] = (into[i] ?? 0) / sum;
}
