import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";
import type { Layer } from "./layer.js";

/** loss[b] = ½ (values[b] − targets[b])² */
export interface ValueLossStep {
  readonly kind: "value-loss";
  /** States × 1 */
  readonly values: Tensor;
  /** States × 1, an input. */
  readonly targets: Tensor;
  /** States × 1 */
  readonly output: Tensor;
}

export function valueLoss(draft: Draft<ValueLossStep>, values: Tensor, targets: Tensor): Tensor {
  const output = draft.hidden("value losses", "states", 1);
  draft.step({ kind: "value-loss", values, targets, output });
  return output;
}

export const valueLossLayer: Layer<ValueLossStep> = {
  forward({ values, targets, output }, memory) {
    const v = memory.values(values);
    const target = memory.values(targets);
    const y = memory.values(output);
    for (let b = 0; b < memory.rows(output); b++) y[b] = 0.5 * ((v[b] ?? 0) - (target[b] ?? 0)) ** 2;
  },
  backward({ values, targets, output }, memory) {
    const v = memory.values(values);
    const target = memory.values(targets);
    const dv = memory.gradients(values);
    const dy = memory.gradients(output);
    for (let b = 0; b < memory.rows(output); b++) {
      dv[b] = (dv[b] ?? 0) + (dy[b] ?? 0) * ((v[b] ?? 0) - (target[b] ?? 0));
    }
  },
};
