/**
 * The parameters with this share of them, the smallest ones, set to zero (magnitude pruning: Han et al. 2015, arXiv
 * 1506.02626, §3.1; over all layers together and without training again).
 */
export function prune(parameters: Float32Array, sparsity: number): Float32Array {
  const sizes = parameters.map(Math.abs).sort();
  const least = sizes[Math.floor(sparsity * parameters.length)] ?? Number.POSITIVE_INFINITY;
  return parameters.map((value) => (Math.abs(value) < least ? 0 : value));
}
