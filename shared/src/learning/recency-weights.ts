/** How much each event counts in the mean: halving with every half-life since the newest one. They sum to 1. */
export function recencyWeights(agesInDays: readonly number[], halfLifeDays: number): number[] {
  const newest = agesInDays.reduce((least, age) => Math.min(least, age), Number.POSITIVE_INFINITY);
  const raw = agesInDays.map((age) => 2 ** (-(age - newest) / halfLifeDays));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((weight) => weight / sum);
}
