/** P[x] ∝ exp(−x² / 2σ²) over the integers. */
export function discreteGaussianProbability(sigma: number): (x: number) => number {
  const weight = (x: number) => Math.exp(-(x * x) / (2 * sigma * sigma));
  let total = 1;
  for (let x = 1; x < 14 * sigma + 10; x++) total += 2 * weight(x);
  return (x) => weight(x) / total;
}

/** The variance of a distribution over the integers within ±reach. */
export function varianceOf(probability: (x: number) => number, reach: number): number {
  let sum = 0;
  for (let x = -reach; x <= reach; x++) sum += x * x * probability(x);
  return sum;
}

/** P[x] ∝ exp(−|x| / scale) over the integers. */
export function discreteLaplaceProbability(scale: number): (x: number) => number {
  const ratio = Math.exp(-1 / scale);
  return (x) => ((1 - ratio) / (1 + ratio)) * ratio ** Math.abs(x);
}

/** The difference of two Poisson variables of mean variance / 2, by convolution; exact to 1e-15 for up to 10^6. */
export function skellamProbability(variance: number): (x: number) => number {
  const mean = variance / 2;
  const spread = Math.ceil(12 * Math.sqrt(mean) + 40);
  const first = Math.max(0, Math.floor(mean) - spread);
  const mode = Math.floor(mean) - first;
  const poisson = new Float64Array(Math.floor(mean) + spread - first + 1);
  poisson[mode] = 1;
  for (let k = mode + 1; k < poisson.length; k++) poisson[k] = ((poisson[k - 1] ?? 0) * mean) / (first + k);
  for (let k = mode - 1; k >= 0; k--) poisson[k] = ((poisson[k + 1] ?? 0) * (first + k + 1)) / mean;
  const total = poisson.reduce((sum, weight) => sum + weight, 0);
  const cache = new Map<number, number>();
  return (x) => {
    const away = Math.abs(x);
    const known = cache.get(away);
    if (known !== undefined) return known;
    let sum = 0;
    for (let k = 0; k + away < poisson.length; k++) sum += (poisson[k] ?? 0) * (poisson[k + away] ?? 0);
    cache.set(away, sum / total ** 2);
    return sum / total ** 2;
  };
}
