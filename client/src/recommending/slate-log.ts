/** How an item was shown. */
export interface Shown {
  readonly propensity: number;
  readonly position: number;
}

const MOST_SLATES = 200;

/** The latest slates, so that what is tracked about them gets its exact propensity and position. */
export class SlateLog {
  readonly #slates = new Map<string, ReadonlyMap<string, Shown>>();

  add(
    recommendationId: string,
    items: readonly { readonly id: string; readonly probability: number }[],
  ): void {
    const slate = new Map(
      items.map(({ id, probability }, position) => [id, { propensity: probability, position }]),
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
