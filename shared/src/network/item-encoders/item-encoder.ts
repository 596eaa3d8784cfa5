import type { ItemsInput } from "../recommender-inputs.js";
import type { Tensor } from "../tensor.js";

/** What becomes of items, wherever they stand: the same parameters for events and for candidates. */
export interface ItemEncoder {
  /** Rows × E */
  embed(items: ItemsInput): Tensor;
  /** Rows × 1: what speaks for an item whoever looks at it; `embedded` is what became of the same items. */
  bias(items: ItemsInput, embedded: Tensor): Tensor;
}
