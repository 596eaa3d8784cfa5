import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";

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
