/**
 * How much each event counts in the mean: halving with every half-life since the newest one. Writes one weight an event
 * from cell `first` on; they sum to 1.
 */
export function writeRecencyWeights(
  agesInDays: ArrayLike<number>,
  halfLifeDays: number,
  into: Float32Array | Float64Array,
  first: number,
): void {
  let newest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < agesInDays.length; i++) newest = Math.min(newest, agesInDays[i] ?? 0);
  const weight = (i: number) => 2 ** (-((agesInDays[i] ?? 0) - newest) / halfLifeDays);
  let sum = 0;
  for (let i = 0; i < agesInDays.length; i++) sum += weight(i);
  for (let i = 0; i < agesInDays.length; i++) into[first + i] = weight(i) / sum;
}
