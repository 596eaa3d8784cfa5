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
