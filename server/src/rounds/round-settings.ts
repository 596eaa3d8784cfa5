import type { Attendance } from "../store/store.js";
import type { Effect } from "./effect.js";
import type { ParticipationLimit } from "./participation-limit.js";

export interface RoundSettings {
  readonly cohortSize: number;
  /** Fewest contributors whose sum is opened. */
  readonly minimum: number;
  readonly maximumStaleness: number;
  /** How long a cohort waits for more ready clients, and then for uploads. */
  readonly timeoutSeconds: number;
  /** Versions to learn. */
  readonly rounds: number;
  /** Whoever drives the machine aggregates a cohort by itself, and says what came of it: no single update comes here. */
  readonly masked: boolean;
  /** Unmasked updates are kept one by one, for a rule that looks at them; otherwise they are added up as they come. */
  readonly separate?: boolean;
  readonly limit: ParticipationLimit;
}

/** What is committed. */
export interface Past {
  readonly modelVersion: number;
  /** Per client id. */
  readonly participations: ReadonlyMap<string, Attendance>;
}

/** A reply to one message, and what to do about it. */
export interface Outcome<Reply> {
  readonly reply: Reply;
  readonly effects: readonly Effect[];
}
