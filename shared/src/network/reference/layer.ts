import type { Indices, Tensor } from "../tensor.js";

/** What a layer of the reference engine computes on: dense matrices in double precision, `columns` wide. */
export interface Memory {
  /** L */
  readonly historyLength: number;
  values(tensor: Tensor): Float64Array;
  /** dLoss/dTensor. On the way back layers add to it; where it begins, it is zero. */
  gradients(tensor: Tensor): Float64Array;
  indices(indices: Indices): Int32Array;
  /** Rows of the tensor in this pass. */
  rows(tensor: Tensor): number;
}

/** One kind of layer, as the reference engine computes it and other engines must. */
export interface Layer<Step> {
  forward(step: Step, memory: Memory): void;
  /** From the gradient of what the step made to those of what it was made of. */
  backward(step: Step, memory: Memory): void;
}
