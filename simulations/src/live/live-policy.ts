import type { Interaction, Random, SlateWalk } from "@tacit/shared";
import type { Person, Visit } from "../environments/live-environment.js";

/** Somebody who is there, as a policy may see them; only an oracle looks at `person`. */
export interface Situation {
  /** Number of the person in the population. */
  readonly index: number;
  /** All that was recorded of them so far, oldest first. */
  readonly history: readonly Interaction[];
  readonly visit: Visit;
  readonly person: Person;
}

/** Shows slates under the exploration that it was made with. */
export interface LivePolicy {
  /**
   * Begins a slate of these rows of the catalogue, the walk's candidates in their order. What a kind of exploration draws once a
   * slate comes from `random`.
   */
  begin(situation: Situation, rows: readonly number[], random: Random): SlateWalk;
}
