import type { Indices, Tensor } from "./tensor.js";

/** What a network sees of items, and how: all columns, or at most so many entries that are not zero. */
export interface ViewShape {
  readonly columns: number;
  readonly most?: number;
}

/** One row an item: its columns, or its entries. */
export type ViewInput =
  | { readonly kind: "dense"; readonly features: Tensor }
  | { readonly kind: "sparse"; readonly columns: Indices; readonly values: Tensor };
