/** ln(i!) for i = 0..n, grown on demand and summed exactly enough for tails of 2^-60. */
const table: number[] = [0];

/** ln(n!), n ≥ 0 an integer. */
export function logFactorial(n: number): number {
  for (let i = table.length; i <= n; i++) table.push((table[i - 1] ?? 0) + Math.log(i));
  return table[n] ?? Number.NaN;
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** How many marked clients are among `draws` of `total`, of whom `marked` are marked. */
export interface Hypergeometric {
  readonly total: number;
  readonly marked: number;
  readonly draws: number;
}

function probability({ total, marked, draws }: Hypergeometric, value: number): number {
  return Math.exp(
    logChoose(marked, value) + logChoose(total - marked, draws - value) - logChoose(total, draws),
  );
}

const smallest = ({ total, marked, draws }: Hypergeometric) => Math.max(0, draws + marked - total);
const largest = ({ marked, draws }: Hypergeometric) => Math.min(marked, draws);

/** The smallest t with P[X > t] ≤ `tail`. Sums from the far end, where the terms are smallest. */
export function upperQuantile(distribution: Hypergeometric, tail: number): number {
  const lowest = smallest(distribution);
  for (let value = largest(distribution), above = 0; value > lowest; value--) {
    above += probability(distribution, value);
    if (above > tail) return value;
  }
  return lowest;
}

/** The largest t with P[X < t] ≤ `tail`. */
export function lowerQuantile(distribution: Hypergeometric, tail: number): number {
  const highest = largest(distribution);
  for (let value = smallest(distribution), below = 0; value < highest; value++) {
    below += probability(distribution, value);
    if (below > tail) return value;
  }
  return highest;
}
