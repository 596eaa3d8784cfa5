import type { Interaction } from "@tacit/shared";
import type { Person, Visit } from "../environments/live-environment.js";

/** Somebody who is there, as a policy may see them; only an oracle looks at `person`. */
interface Situation {
  /** Number of the person in the population. */
  readonly index: number;
  /** All that was recorded of them so far, oldest first. */
  readonly history: readonly Interaction[];
  readonly visit: Visit;
  readonly person: Person;
}

/** Higher is shown first. */
export interface LivePolicy {
  /** Scores of these rows of the catalogue, in their order. */
  score(situation: Situation, rows: readonly number[]): ArrayLike<number>;
}
