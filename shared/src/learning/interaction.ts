import type { Features } from "../catalogue/item.js";
import type { InteractionKind } from "../task/interaction-kind.js";

/** One private event on this device. */
export interface Interaction {
  readonly kind: InteractionKind;
  readonly itemId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Stars (1 to 5) of a rating, seconds of a dwell; other kinds need none. */
  readonly value?: number;
  /** The recommendation that led to it, and the probability the item was shown with, in (0, 1]. */
  readonly recommendationId?: string;
  readonly propensity?: number;
  /** Place in the slate, from 0. */
  readonly position?: number;
  /** What the host knew of the moment, by the names of the task's context features; kept and learned from on the device only. */
  readonly context?: Features;
}
