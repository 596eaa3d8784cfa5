const MOST_BINS = 100;
const LEAST_EXPECTED = 10;

/** Pearson's chi-square p-value of integer draws against exact probabilities; thin bins are merged outwards. */
export function chiSquareP(draws: Iterable<number>, probability: (x: number) => number): number {
  const counts = new Map<number, number>();
  let total = 0;
  for (const x of draws) {
    counts.set(x, (counts.get(x) ?? 0) + 1);
    total++;
  }
  let lowest = 0;
  let highest = 0;
  for (const x of counts.keys()) {
    lowest = Math.min(lowest, x);
    highest = Math.max(highest, x);
  }
  const bins: { expected: number; observed: number }[] = [];
  let open = { expected: 0, observed: 0 };
  let covered = 0;
  for (let x = lowest; x <= highest; x++) {
    const expected = total * probability(x);
    covered += expected;
    open = { expected: open.expected + expected, observed: open.observed + (counts.get(x) ?? 0) };
    if (open.expected >= Math.max(LEAST_EXPECTED, total / MOST_BINS)) {
      bins.push(open);
      open = { expected: 0, observed: 0 };
    }
  }
  const last = bins.at(-1) ?? { expected: 0, observed: 0 };
  last.expected += open.expected + (total - covered);
  last.observed += open.observed;
  let statistic = 0;
  for (const { expected, observed } of bins) statistic += (observed - expected) ** 2 / expected;
  return upperGamma((bins.length - 1) / 2, statistic / 2);
}

/** The p-value of a sample variance of `count` normal-tailed draws against `variance`, two-sided. */
export function varianceP(sumOfSquares: number, count: number, variance: number): number {
  const upper = upperGamma(count / 2, sumOfSquares / variance / 2);
  return 2 * Math.min(upper, 1 - upper);
}

/** Q(a, x), the regularised upper incomplete gamma function (series below a + 1, Lentz's continued fraction above). */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-15; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - sum * front;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return front * h;
}

/** ln Γ(x), x > 0: Stirling's series after shifting x above 20. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 20; z++) shift -= Math.log(z);
  const inverse = 1 / (z * z);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / z;
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Pearson's chi-square p-value of draws whose residues modulo `modulus` should be uniform. */
export function residuesP(draws: Int32Array, modulus: number): number {
  const counts = new Float64Array(modulus);
  for (const x of draws) {
    const residue = ((x % modulus) + modulus) % modulus;
    counts[residue] = (counts[residue] ?? 0) + 1;
  }
  const expected = draws.length / modulus;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return upperGamma((modulus - 1) / 2, statistic / 2);
}
