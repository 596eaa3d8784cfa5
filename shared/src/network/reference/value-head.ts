import { dense, denseBackward } from "./dense.js";
import { hiddenLayer, hiddenLayerBackward } from "./hidden-layer.js";
import type { Pass } from "./pass.js";
import type { EncodedStates } from "./state-encoder.js";

export interface ValueTrace {
  /** B × H */
  readonly hidden: Float64Array;
  /** B */
  readonly values: Float64Array;
}

/** V(s): one hidden layer over the state. */
export function valueHead(
  { shape, layout, inputs, weights, scratch }: Pass,
  { state }: EncodedStates,
): ValueTrace {
  const B = inputs.rows;
  const hidden = scratch.zeros("valueHidden", B * shape.hidden);
  const values = scratch.zeros("values", B).fill(weights[layout.valueOutBias.offset] ?? 0, 0, B);
  hiddenLayer(weights, layout.valueHidden, layout.valueHiddenBias, state, hidden, B);
  dense(weights, layout.valueOut, hidden, values, B);
  return { hidden, values };
}

export function valueHeadBackward(
  { shape, layout, inputs, weights, scratch }: Pass,
  { state }: EncodedStates,
  { hidden }: ValueTrace,
  dValues: Float64Array,
  dState: Float64Array,
  gradient: Float64Array,
): void {
  const B = inputs.rows;
  const { offset } = layout.valueOutBias;
  for (let b = 0; b < B; b++) gradient[offset] = (gradient[offset] ?? 0) + (dValues[b] ?? 0);
  const dHidden = scratch.zeros("dValueHidden", B * shape.hidden);
  denseBackward(weights, layout.valueOut, hidden, dValues, dHidden, gradient, B);
  hiddenLayerBackward(
    weights,
    layout.valueHidden,
    layout.valueHiddenBias,
    state,
    hidden,
    dHidden,
    dState,
    gradient,
    B,
  );
}
