import { LAYER_NORM_EPSILON, type LayerNormStep } from "../layers/layer-norm.js";
import type { Layer } from "./layer.js";

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
