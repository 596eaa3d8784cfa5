/**
 * The parameters with this share of them, the smallest ones, set to zero (magnitude pruning: Han et al. 2015, arXiv
 * 1506.02626, §3.1; over all layers together and without training again). Of those of one size the first ones.
 */
export function prune(parameters: Float32Array, sparsity: number): Float32Array {
  const size = (place: number) => Math.abs(parameters[place] ?? 0);
  const bySize = Uint32Array.from(parameters.keys()).sort((a, b) => size(a) - size(b) || a - b);
  const pruned = parameters.slice();
  for (const place of bySize.subarray(0, Math.floor(sparsity * parameters.length))) pruned[place] = 0;
  return pruned;
}
