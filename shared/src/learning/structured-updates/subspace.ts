/**
 * Where updates lie: a k-dimensional subspace of R^d with an orthonormal basis, which is public. Spreading keeps lengths and
 * distances; restricting what was spread gives it back (up to rounding); spreading what was restricted is the projection
 * onto the subspace.
 */
export interface Subspace {
  /** k */
  readonly length: number;
  /** d numbers → k. */
  restrict(update: Float32Array): Float32Array<ArrayBuffer>;
  /** k numbers → d. */
  spread(restricted: Float32Array): Float32Array<ArrayBuffer>;
}
