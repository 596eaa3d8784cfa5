import type { Tensor } from "../tensor.js";

/** What every state encoder reads. */
export interface EventSequence {
  /** Events × E, oldest first. */
  readonly events: Tensor;
  /** Events × 1: 1 where there is an event, 0 for the padding behind them. */
  readonly mask: Tensor;
}
