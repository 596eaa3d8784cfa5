import type { Draft, Parameter } from "../draft.js";
import type { Tensor } from "../tensor.js";
import type { Layer } from "./layer.js";

/** Keeps the root of a constant row's variance away from zero. */
export const LAYER_NORM_EPSILON = 1e-5;

/** y = gain ∘ (x − mean) / √(variance + ε) + bias, over each row (Ba et al. 2016, arXiv 1607.06450). */
export interface LayerNormStep {
  readonly kind: "layer-norm";
  readonly input: Tensor;
  /** 1 × columns each. */
  readonly gain: Parameter;
  readonly bias: Parameter;
  /** Rows × 1: 1 / √(variance + ε). */
  readonly scales: Tensor;
  /** Of the input's shape: the row before gain and bias. */
  readonly normal: Tensor;
  readonly output: Tensor;
}

export function layerNorm(draft: Draft<LayerNormStep>, name: string, input: Tensor): Tensor {
  const { rows, columns } = input;
  const output = draft.hidden(`${name} out`, rows, columns);
  draft.step({
    kind: "layer-norm",
    input,
    gain: draft.parameter(`${name} gain`, 1, columns, { kind: "constant", value: 1 }),
    bias: draft.parameter(`${name} bias`, 1, columns, { kind: "constant", value: 0 }),
    scales: draft.hidden(`${name} scales`, rows, 1),
    normal: draft.hidden(`${name} normal`, rows, columns),
    output,
  });
  return output;
}

export const layerNormLayer: Layer<LayerNormStep> = {
  forward(step, memory) {
    const x = memory.values(step.input);
    const gain = memory.values(step.gain);
    const bias = memory.values(step.bias);
    const scales = memory.values(step.scales);
    const normal = memory.values(step.normal);
    const y = memory.values(step.output);
    const C = step.output.columns;
    for (let n = 0; n < memory.rows(step.output); n++) {
      const row = x.subarray(n * C, (n + 1) * C);
      const mean = row.reduce((sum, value) => sum + value, 0) / C;
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / C;
      const scale = 1 / Math.sqrt(variance + LAYER_NORM_EPSILON);
      scales[n] = scale;
      for (let c = 0; c < C; c++) {
        const value = ((row[c] ?? 0) - mean) * scale;
        normal[n * C + c] = value;
        y[n * C + c] = (gain[c] ?? 0) * value + (bias[c] ?? 0);
      }
    }
  },
  backward(step, memory) {
    const gain = memory.values(step.gain);
    const scales = memory.values(step.scales);
    const normal = memory.values(step.normal);
    const dx = memory.gradients(step.input);
    const dGain = memory.gradients(step.gain);
    const dBias = memory.gradients(step.bias);
    const dy = memory.gradients(step.output);
    const C = step.output.columns;
    for (let n = 0; n < memory.rows(step.output); n++) {
      let mean = 0;
      let along = 0;
      for (let c = 0; c < C; c++) {
        const d = dy[n * C + c] ?? 0;
        const value = normal[n * C + c] ?? 0;
        dGain[c] = (dGain[c] ?? 0) + d * value;
        dBias[c] = (dBias[c] ?? 0) + d;
        mean += (d * (gain[c] ?? 0)) / C;
        along += (d * (gain[c] ?? 0) * value) / C;
      }
      if (!step.input.differentiable) continue;
      for (let c = 0; c < C; c++) {
        const d = (dy[n * C + c] ?? 0) * (gain[c] ?? 0) - mean - along * (normal[n * C + c] ?? 0);
        dx[n * C + c] = (dx[n * C + c] ?? 0) + (scales[n] ?? 0) * d;
      }
    }
  },
};
