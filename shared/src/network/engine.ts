import type { NetworkShape } from "./network-shape.js";

/** A batch of B states with C candidates each, as dense rows of features (F wide). L is the history's length. */
export interface NetworkInputs {
  /** B */
  readonly rows: number;
  /** C */
  readonly candidateCount: number;
  /** B × L × F, oldest first, padding at the end. */
  readonly history: Float32Array;
  /** B × L, position in INTERACTION_KINDS. */
  readonly kinds: Uint8Array;
  /** B × L, days before now. */
  readonly ages: Float32Array;
  /** B × L, 1 where there is an event and 0 for padding. */
  readonly mask: Float32Array;
  /** B × C × F */
  readonly candidates: Float32Array;
}

export interface NetworkOutputs {
  /** B × C, unnormalised log π(a|s). */
  readonly logits: Float32Array;
  /** B, V(s). */
  readonly values: Float32Array;
}

/** dLoss/dOutput, in the shape of {@link NetworkOutputs}. */
export interface OutputGradients {
  readonly logits: Float32Array;
  readonly values: Float32Array;
}

/** Forward and backward of the network over one flat parameter vector. Synchronous; holds no parameters. */
export interface Engine {
  readonly name: string;
  forward(shape: NetworkShape, parameters: Float32Array, inputs: NetworkInputs): NetworkOutputs;
  /** One forward pass, the objective's output gradients, one backward pass; the gradient is as long as the parameters. */
  gradient(
    shape: NetworkShape,
    parameters: Float32Array,
    inputs: NetworkInputs,
    objective: (outputs: NetworkOutputs) => OutputGradients,
  ): { readonly outputs: NetworkOutputs; readonly gradient: Float32Array };
}
