import type { ViewInput } from "./item-view.js";
import type { Indices, Tensor } from "./tensor.js";

/** Items, seen in one way or in several. */
export interface ItemsInput {
  readonly views: readonly ViewInput[];
  /** Rows × views: 1 where an item has something to see in that way; undefined where there is one view only. */
  readonly present: Tensor | undefined;
}

/** Of a state's user. */
interface PersonalInput {
  /** States × E, or shorter. */
  readonly vector: Tensor;
  /** States × 1 */
  readonly bias: Tensor;
}

/** What is written before each pass of a recommender network. */
export interface RecommenderInputs {
  /** One row an event: the items' features, oldest first, padding behind. */
  readonly events: ItemsInput;
  /** Events × `circumstanceWidth`: kind, age and, where order counts, place. */
  readonly circumstances: Tensor;
  /** Events × 1: 1 where there is an event, 0 for padding. */
  readonly mask: Tensor;
  /** Events × 1: each event's share of the mean. */
  readonly recency: Tensor;
  /** States × C: what is told of the moment; undefined where the task has no context. */
  readonly context: Tensor | undefined;
  /** Undefined where the task has no personal parameters. */
  readonly personal: PersonalInput | undefined;
  /** One row a candidate. */
  readonly candidates: ItemsInput;
  /** Candidates × `BUCKETS_AN_ITEM`: of the item prior; undefined where the task has none. */
  readonly buckets: Indices | undefined;
}
