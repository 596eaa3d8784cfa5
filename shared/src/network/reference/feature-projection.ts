import type { ParameterBlock } from "../network-layout.js";

/** output[n] += features[n] · W. Encoded items are mostly zeros, which cost nothing here. */
export function projectFeatures(
  weights: Float64Array,
  { offset, rows, columns }: ParameterBlock,
  features: Float32Array,
  output: Float64Array,
  count: number,
): void {
  for (let n = 0; n < count; n++) {
    const to = n * columns;
    for (let k = 0; k < rows; k++) {
      const x = features[n * rows + k] ?? 0;
      if (x === 0) continue;
      const from = offset + k * columns;
      for (let j = 0; j < columns; j++) output[to + j] = (output[to + j] ?? 0) + x * (weights[from + j] ?? 0);
    }
  }
}

/** dW += featuresᵀ · dOutput. Features are given: they need no gradient. */
export function projectFeaturesBackward(
  { offset, rows, columns }: ParameterBlock,
  features: Float32Array,
  dOutput: Float64Array,
  gradient: Float64Array,
  count: number,
): void {
  for (let n = 0; n < count; n++) {
    const from = n * columns;
    for (let k = 0; k < rows; k++) {
      const x = features[n * rows + k] ?? 0;
      if (x === 0) continue;
      const to = offset + k * columns;
      for (let j = 0; j < columns; j++)
        gradient[to + j] = (gradient[to + j] ?? 0) + x * (dOutput[from + j] ?? 0);
    }
  }
}
