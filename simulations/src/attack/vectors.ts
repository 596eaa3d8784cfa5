/** The mean of vectors of one length; at least one. */
export function mean(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
  }
  return Float32Array.from(sum);
}

/** No longer than `most`. */
export function clipped(vector: Float32Array, most: number): Float32Array {
  const factor = Math.min(1, most / lengthOf(vector));
  return vector.map((value) => value * factor);
}

/** Length of `vector` − `from` in lengths of `from`. */
export const relativeDistance = (vector: Float32Array, from: Float32Array): number =>
  lengthOf(vector.map((value, i) => value - (from[i] ?? 0))) / lengthOf(from);

const lengthOf = (vector: Float32Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
