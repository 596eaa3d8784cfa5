/** How a gradient becomes a step on the device. */
export type Optimiser = Step & {
  /** A gradient that is longer is first made as long as this. As long as it is when left out. */
  readonly gradientClip?: number | undefined;
};

type Step =
  | { readonly kind: "sgd"; readonly learningRate: number }
  | { readonly kind: "momentum"; readonly learningRate: number; readonly momentum: number }
  | { readonly kind: "adam"; readonly learningRate: number };

/** Parameters, gradient and whatever the optimiser remembers: all of one length, changed in place. */
export interface OptimiserState {
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}
