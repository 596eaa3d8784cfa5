/** Rows, inner length and columns of a product. */
type Size = readonly [rows: number, inner: number, columns: number];

/** y += x · w. Zeros in x, which encoded items are full of, cost nothing. */
export function multiply(x: Float64Array, w: Float64Array, y: Float64Array, [N, K, M]: Size): void {
  for (let n = 0; n < N; n++) {
    for (let k = 0; k < K; k++) {
      const value = x[n * K + k] ?? 0;
      if (value === 0) continue;
      for (let m = 0; m < M; m++) y[n * M + m] = (y[n * M + m] ?? 0) + value * (w[k * M + m] ?? 0);
    }
  }
}

/** dw += xᵀ · dy */
export function multiplyBackwardWeights(
  x: Float64Array,
  dy: Float64Array,
  dw: Float64Array,
  [N, K, M]: Size,
): void {
  for (let n = 0; n < N; n++) {
    for (let k = 0; k < K; k++) {
      const value = x[n * K + k] ?? 0;
      if (value === 0) continue;
      for (let m = 0; m < M; m++) dw[k * M + m] = (dw[k * M + m] ?? 0) + value * (dy[n * M + m] ?? 0);
    }
  }
}

/** dx += dy · wᵀ */
export function multiplyBackwardInput(
  w: Float64Array,
  dy: Float64Array,
  dx: Float64Array,
  [N, K, M]: Size,
): void {
  for (let n = 0; n < N; n++) {
    for (let k = 0; k < K; k++) {
      let sum = 0;
      for (let m = 0; m < M; m++) sum += (dy[n * M + m] ?? 0) * (w[k * M + m] ?? 0);
      dx[n * K + k] = (dx[n * K + k] ?? 0) + sum;
    }
  }
}

/** sums[m] += Σ_n rows[n, m] */
export function addRows(rows: Float64Array, sums: Float64Array, N: number, M: number): void {
  for (let n = 0; n < N; n++) {
    for (let m = 0; m < M; m++) sums[m] = (sums[m] ?? 0) + (rows[n * M + m] ?? 0);
  }
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
