import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";

/** The row of each state's last event; zeros where there is none. */
export interface LastEventStep {
  readonly kind: "last-event";
  /** An input, one column: 1 where there is an event, 0 for the padding behind them. */
  readonly mask: Tensor;
  readonly events: Tensor;
  readonly output: Tensor;
}

export function lastEvent(draft: Draft<LastEventStep>, mask: Tensor, events: Tensor): Tensor {
  const output = draft.hidden("last", "states", events.columns);
  draft.step({ kind: "last-event", mask, events, output });
  return output;
}
