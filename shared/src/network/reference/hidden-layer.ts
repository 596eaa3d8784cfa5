import type { ParameterBlock } from "../network-layout.js";
import { dense, denseBackward } from "./dense.js";

/** output = tanh(input · W + bias); `output` comes in as zeros. */
export function hiddenLayer(
  weights: Float64Array,
  block: ParameterBlock,
  bias: ParameterBlock,
  input: Float64Array,
  output: Float64Array,
  count: number,
): void {
  dense(weights, block, input, output, count);
  for (let n = 0; n < count; n++) {
    for (let j = 0; j < bias.columns; j++) {
      const i = n * bias.columns + j;
      output[i] = Math.tanh((output[i] ?? 0) + (weights[bias.offset + j] ?? 0));
    }
  }
}

/** Turns `dOutput` into the gradient before the tanh, in place, and passes it on. */
export function hiddenLayerBackward(
  weights: Float64Array,
  block: ParameterBlock,
  bias: ParameterBlock,
  input: Float64Array,
  output: Float64Array,
  dOutput: Float64Array,
  dInput: Float64Array,
  gradient: Float64Array,
  count: number,
): void {
  for (let n = 0; n < count; n++) {
    for (let j = 0; j < bias.columns; j++) {
      const i = n * bias.columns + j;
      const y = output[i] ?? 0;
      const d = (dOutput[i] ?? 0) * (1 - y * y);
      dOutput[i] = d;
      gradient[bias.offset + j] = (gradient[bias.offset + j] ?? 0) + d;
    }
  }
  denseBackward(weights, block, input, dOutput, dInput, gradient, count);
}
