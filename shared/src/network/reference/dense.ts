import type { ParameterBlock } from "../network-layout.js";

/** output[n, j] += Σ_k input[n, k] · W[k, j] for the first `count` rows. */
export function dense(
  weights: Float64Array,
  { offset, rows, columns }: ParameterBlock,
  input: Float64Array,
  output: Float64Array,
  count: number,
): void {
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < rows; k++) {
      const x = input[n * rows + k] ?? 0;
      if (x === 0) continue;
      const from = offset + k * columns;
      const to = n * columns;
      for (let j = 0; j < columns; j++) output[to + j] = (output[to + j] ?? 0) + x * (weights[from + j] ?? 0);
    }
  }
}

/** dW += inputᵀ · dOutput, and dInput += dOutput · Wᵀ. */
export function denseBackward(
  weights: Float64Array,
  { offset, rows, columns }: ParameterBlock,
  input: Float64Array,
  dOutput: Float64Array,
  dInput: Float64Array,
  gradient: Float64Array,
  count: number,
): void {
  for (let n = 0; n < count; n++) {
    const from = n * columns;
    for (let k = 0; k < rows; k++) {
      const x = input[n * rows + k] ?? 0;
      const row = offset + k * columns;
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        const d = dOutput[from + j] ?? 0;
        sum += d * (weights[row + j] ?? 0);
        gradient[row + j] = (gradient[row + j] ?? 0) + x * d;
      }
      dInput[n * rows + k] = (dInput[n * rows + k] ?? 0) + sum;
    }
  }
}
