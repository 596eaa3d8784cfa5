import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";
import type { Layer } from "./layer.js";

/**
 * Mixes what several modalities say of one item, each as much as its gate lets it (after the gated multimodal unit,
 * Arevalo et al. 2017, arXiv 1702.01992, §3): fused = Σ_m softmax(scores)_m · values_m over the modalities that are
 * there; zeros where there is none.
 */
export interface GatedFusionStep {
  readonly kind: "gated-fusion";
  /** Rows × M, an input: 1 where the modality is there. */
  readonly present: Tensor;
  /** Rows × M */
  readonly scores: Tensor;
  /** M tensors of rows × E. */
  readonly values: readonly Tensor[];
  /** Rows × M: the softmax of the scores. */
  readonly gates: Tensor;
  /** Rows × E */
  readonly output: Tensor;
}

interface GatedFusionInputs {
  readonly present: Tensor;
  readonly scores: Tensor;
  readonly values: readonly [Tensor, ...Tensor[]];
}

export function gatedFusion(draft: Draft<GatedFusionStep>, inputs: GatedFusionInputs): Tensor {
  const { rows, columns } = inputs.values[0];
  const gates = draft.hidden("gates", rows, inputs.values.length);
  const output = draft.hidden("fused", rows, columns);
  draft.step({ kind: "gated-fusion", ...inputs, gates, output });
  return output;
}

export const gatedFusionLayer: Layer<GatedFusionStep> = {
  forward({ present, scores, values, gates, output }, memory) {
    const p = memory.values(present);
    const s = memory.values(scores);
    const g = memory.values(gates);
    const y = memory.values(output);
    const [M, E, rows] = [values.length, output.columns, memory.rows(output)];
    y.fill(0, 0, rows * E);
    for (let n = 0; n < rows; n++) {
      let top = Number.NEGATIVE_INFINITY;
      for (let m = n * M; m < (n + 1) * M; m++) if (p[m]) top = Math.max(top, s[m] ?? 0);
      let sum = 0;
      for (let m = n * M; m < (n + 1) * M; m++) sum += g[m] = p[m] ? Math.exp((s[m] ?? 0) - top) : 0;
      for (let m = n * M; m < (n + 1) * M; m++) g[m] = sum > 0 ? (g[m] ?? 0) / sum : 0;
    }
    for (const [m, tensor] of values.entries()) {
      const x = memory.values(tensor);
      for (let i = 0; i < rows * E; i++) {
        y[i] = (y[i] ?? 0) + (g[Math.floor(i / E) * M + m] ?? 0) * (x[i] ?? 0);
      }
    }
  },
  backward({ scores, values, gates, output }, memory) {
    const g = memory.values(gates);
    const dGates = memory.gradients(gates);
    const dScores = memory.gradients(scores);
    const dy = memory.gradients(output);
    const [M, E, rows] = [values.length, output.columns, memory.rows(output)];
    for (const [m, tensor] of values.entries()) {
      const x = memory.values(tensor);
      const dx = memory.gradients(tensor);
      for (let i = 0; i < rows * E; i++) {
        const gate = Math.floor(i / E) * M + m;
        if (tensor.differentiable) dx[i] = (dx[i] ?? 0) + (g[gate] ?? 0) * (dy[i] ?? 0);
        dGates[gate] = (dGates[gate] ?? 0) + (x[i] ?? 0) * (dy[i] ?? 0);
      }
    }
    for (let n = 0; n < rows; n++) {
      let mean = 0;
      for (let m = n * M; m < (n + 1) * M; m++) mean += (g[m] ?? 0) * (dGates[m] ?? 0);
      for (let m = n * M; m < (n + 1) * M; m++) {
        dScores[m] = (dScores[m] ?? 0) + (g[m] ?? 0) * ((dGates[m] ?? 0) - mean);
      }
    }
  },
};
