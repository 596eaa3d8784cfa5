/** P[x] ∝ exp(−x² / 2σ²) over the integers. */
export function discreteGaussianProbability(sigma: number): (x: number) => number {
  const weight = (x: number) => Math.exp(-(x * x) / (2 * sigma * sigma));
  let total = 1;
  for (let x = 1; x < 40 * sigma + 10; x++) total += 2 * weight(x);
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

/** The difference of two Poisson variables of mean variance / 2, by convolution. */
export function skellamProbability(variance: number): (x: number) => number {
  const mean = variance / 2;
  const reach = Math.ceil(mean + 12 * Math.sqrt(mean) + 40);
  const poisson = [Math.exp(-mean)];
  for (let k = 1; k <= reach; k++) poisson.push(((poisson[k - 1] ?? 0) * mean) / k);
  const cache = new Map<number, number>();
  return (x) => {
    const away = Math.abs(x);
    const known = cache.get(away);
    if (known !== undefined) return known;
    let sum = 0;
    for (let k = 0; k + away <= reach; k++) sum += (poisson[k] ?? 0) * (poisson[k + away] ?? 0);
    cache.set(away, sum);
    return sum;
  };
}
