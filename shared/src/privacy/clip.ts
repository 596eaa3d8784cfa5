/** The L2 norm, or undefined where a coordinate is not finite. */
export function norm(vector: Float32Array | Float64Array): number | undefined {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Number.isFinite(sum) ? Math.sqrt(sum) : undefined;
}

/** The vector scaled down to L2 norm `clip`, or itself when it is no longer than that. Refuses what is not finite. */
export function clip(
  vector: Float32Array,
  bound: number,
): { vector: Float64Array; norm: number } | undefined {
  const length = norm(vector);
  if (length === undefined) return undefined;
  const factor = length > bound ? bound / length : 1;
  return { vector: Float64Array.from(vector, (value) => value * factor), norm: length };
}
