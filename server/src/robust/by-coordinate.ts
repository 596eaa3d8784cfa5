/** One statistic of each coordinate's values, which come sorted and in one array that is used again. */
export function byCoordinate(
  means: readonly Float32Array[],
  statistic: (sorted: Float32Array) => number,
): Float32Array {
  const result = new Float32Array(means[0]?.length ?? 0);
  const column = new Float32Array(means.length);
  for (let i = 0; i < result.length; i++) {
    for (const [index, vector] of means.entries()) column[index] = vector[i] ?? 0;
    result[i] = statistic(column.sort());
  }
  return result;
}
