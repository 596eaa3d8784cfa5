import type { Item } from "@tacit/shared";

/** Logged impressions: one entry a round in each column. */
export interface BanditLog {
  /** What could be shown; an action is a row of it. */
  readonly items: readonly Item[];
  /** How many places a slate has. */
  readonly places: number;
  readonly actions: Int32Array;
  /** Place in the slate, from 0. */
  readonly positions: Int32Array;
  readonly rewards: Float64Array;
  /** Probability that the item was shown at its place. */
  readonly propensities: Float64Array;
  /** Milliseconds since 1970; NaN where the log does not say. */
  readonly times: Float64Array;
  /** What was known of the user, by name, one text a round. */
  readonly contexts: ReadonlyMap<string, readonly string[]>;
}

/** Why a log, its items or a policy cannot be used. */
export interface EvaluationRefusal {
  readonly ok: false;
  readonly reason:
    | "unreadable"
    | "bad-header"
    | "bad-rows"
    | "empty"
    | "too-few-rounds"
    | "unknown-column"
    | "too-wide"
    | "features-differ"
    | "not-a-model"
    | "no-distribution";
  /** Names file, line and field where there is one. */
  readonly message: string;
}
