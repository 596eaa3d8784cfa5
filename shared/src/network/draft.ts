import type { Indices, Rows, Tensor } from "./tensor.js";

export const FAINT = 0.1;

/** What a parameter is before training: zeros, all one value, normal noise, or a multiple of the identity. */
export type Initial =
  | { readonly kind: "constant"; readonly value: number }
  | {
      readonly kind: "normal";
      readonly deviation: number;
      /** Rows that begin at {@link FAINT} times that. */
      readonly faint?: readonly { readonly first: number; readonly columns: number }[];
    }
  | { readonly kind: "identity"; readonly gain: number };

/** One block of the flat parameter vector, row-major. */
export interface Parameter extends Tensor {
  readonly rows: number;
  readonly initial: Initial;
  /** In the flat vector. */
  readonly offset: number;
}

interface Panels {
  readonly panels?: number;
}

interface ParameterOptions extends Panels {
  /** False: no layer adds to its gradient, and no optimiser moves it. */
  readonly trained?: boolean;
}

/** A network while it is drawn up, as a layer sees it that adds itself as an S. */
export interface Draft<S> {
  readonly historyLength: number;
  /** Written before every pass. */
  input(name: string, rows: Rows, columns: number): Tensor;
  /** Whole numbers, written before every pass. */
  integers(name: string, rows: Rows, columns: number): Indices;
  /** The next block of the flat parameter vector. */
  parameter(
    name: string,
    rows: number,
    columns: number,
    initial: Initial,
    options?: ParameterOptions,
  ): Parameter;
  /** What a layer computes, for the layers after it or for itself on the way back. */
  hidden(name: string, rows: Rows, columns: number, options?: Panels): Tensor;
  step(step: S): void;
}
