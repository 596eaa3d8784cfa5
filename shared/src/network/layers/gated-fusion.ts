import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";

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
