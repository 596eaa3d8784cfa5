/** The L2 norm, or undefined where a coordinate is not finite. */
export function norm(vector: Float32Array): number | undefined {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (vector[i] ?? 0) ** 2;
  return Number.isFinite(sum) ? Math.sqrt(sum) : undefined;
}

/** Writes the vector times `factor` into `into`, after scaling it down to L2 norm `bound` where it is longer. */
export function clip(
  vector: Float32Array,
  length: number,
  bound: number,
  factor: number,
  into: Float32Array,
): void {
  const shrink = factor * (length > bound ? bound / length : 1);
  for (let i = 0; i < vector.length; i++) into[i] = (vector[i] ?? 0) * shrink;
}
