/**
 * Satiation with a kind of content, which grows when it is consumed and wears off with time:
 *
 *   s ← γ (s + 1[consumed])    utility lost: weight · s
 *
 * Leqi, Kilinc-Karzan, Lipton, Montgomery 2021, "Rebounding bandits for modeling satiation effects", arXiv 2011.06741, §3.
 */
export class Boredom {
  readonly #satiation: Float64Array;
  readonly #retention: number;
  readonly #weight: number;

  /** @param retention γ, of one visit, in [0, 1). */
  constructor(kinds: number, retention: number, weight: number) {
    this.#satiation = new Float64Array(kinds);
    this.#retention = retention;
    this.#weight = weight;
  }

  /** Utility that this kind has lost, at least 0. */
  of(kind: number): number {
    return this.#weight * (this.#satiation[kind] ?? 0);
  }

  /** A visit is over; undefined: nothing was consumed in it. */
  consumed(kind: number | undefined): void {
    for (const [k, satiation] of this.#satiation.entries()) {
      this.#satiation[k] = this.#retention * (satiation + (k === kind ? 1 : 0));
    }
  }
}
