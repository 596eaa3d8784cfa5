import type { Features } from "@tacit/shared";

/** How an item was shown. */
export interface Shown {
  readonly propensity: number;
  readonly position: number;
  /** What was told of the moment that the slate was made for. */
  readonly context?: Features;
}

const MOST_SLATES = 200;

/** The latest slates, so that what is tracked about them gets its exact propensity, its position and its context. */
export class SlateLog {
  readonly #slates = new Map<string, ReadonlyMap<string, Shown>>();

  add(
    recommendationId: string,
    items: readonly { readonly id: string; readonly probability: number }[],
    context?: Features,
  ): void {
    const slate = new Map(
      items.map(({ id, probability }, position) => [
        id,
        { propensity: probability, position, ...(context && { context }) },
      ]),
    );
    this.#slates.set(recommendationId, slate);
    for (const oldest of this.#slates.keys()) {
      if (this.#slates.size <= MOST_SLATES) break;
      this.#slates.delete(oldest);
    }
  }

  shown(recommendationId: string | undefined, itemId: string): Shown | undefined {
    return recommendationId === undefined ? undefined : this.#slates.get(recommendationId)?.get(itemId);
  }
}
