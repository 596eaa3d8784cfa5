/** The Kolmogorov–Smirnov p-value of integer draws against exact probabilities (conservative where they are lumpy). */
export function kolmogorovSmirnovP(draws: Int32Array, probability: (x: number) => number): number {
  const sorted = draws.toSorted();
  const [lowest, highest] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  let distance = 0;
  let below = 0;
  for (let x = -highest; x < lowest; x++) below += probability(x);
  let tail = 0;
  for (let x = lowest - 1; tail < 1e-12 && x > lowest - 10_000; x--) tail += probability(x);
  let expected = Math.max(below, tail);
  let at = 0;
  for (let x = lowest; x <= highest; x++) {
    expected += probability(x);
    while (at < sorted.length && (sorted[at] ?? 0) <= x) at++;
    distance = Math.max(distance, Math.abs(at / sorted.length - expected));
  }
  const scaled = distance * Math.sqrt(sorted.length);
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * scaled * scaled);
  return scaled < 0.2 ? 1 : Math.min(1, Math.max(0, sum));
}
