import type { Interaction, InteractionKind } from "@tacit/shared";
import type { Shown, Visit } from "../live-environment.js";

const SECOND = 1000;

/** What one visit writes into a history: first its impressions, then what follows, in the order of time. */
export class VisitLog {
  readonly interactions: Interaction[];
  readonly #visit: Visit;
  readonly #shown: Shown;

  constructor(visit: Visit, shown: Shown) {
    const { at, context } = visit;
    const { recommendationId, items } = shown;
    this.#visit = visit;
    this.#shown = shown;
    this.interactions = items.map((item, position) => ({
      kind: "impression",
      ...item,
      at,
      recommendationId,
      position,
      ...(context && { context }),
    }));
  }

  /**
   * What became of the item in this place, so many seconds into the visit; not before what was added last.
   * @throws RangeError where nothing was shown.
   */
  add(kind: InteractionKind, place: number, seconds: number, value?: number): void {
    this.interactions.push(this.later(kind, place, this.#visit.at + Math.round(seconds * SECOND), value));
  }

  /** The same at a time of its own, left to whoever asks to hand over when it comes. */
  later(kind: InteractionKind, place: number, at: number, value?: number): Interaction {
    const { recommendationId, items } = this.#shown;
    const item = items[place];
    if (!item) throw new RangeError(`nothing was shown in place ${place}`);
    return {
      kind,
      ...item,
      at,
      recommendationId,
      position: place,
      ...(value !== undefined && { value }),
    };
  }
}
