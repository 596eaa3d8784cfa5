import type { Tensor } from "./tensor.js";

/** What is written before each pass of a recommender network. */
export interface RecommenderInputs {
  /** Events × F: the items' features, oldest first, padding behind. */
  readonly events: Tensor;
  /** Events × `circumstanceWidth`: kind, age and, where order counts, place. */
  readonly circumstances: Tensor;
  /** Events × 1: 1 where there is an event, 0 for padding. */
  readonly mask: Tensor;
  /** Events × 1: each event's share of the mean. */
  readonly recency: Tensor;
  /** States × C: what is told of the moment; undefined where the task has no context. */
  readonly context: Tensor | undefined;
  /** Candidates × F */
  readonly candidates: Tensor;
}
