import type { VisibleSum } from "../robust/norm-bound.js";
import type { ReadyUpdate } from "./ready-update.js";

/** What the round machine asks of the world outside it. */
export type Effect = Invite | Aggregate | Abandon | Commit;

/** Tell a client to upload the update it holds. */
interface Invite {
  readonly kind: "invite";
  readonly clientId: string;
  readonly cohortId: string;
  readonly updateId: string;
  readonly modelVersion: number;
  readonly size: number;
  readonly deadlineSeconds: number;
}

/** Run secure aggregation among the invited, and say `summed` or `gaveUp`. */
export interface Aggregate {
  readonly kind: "aggregate";
  readonly cohortId: string;
  /** Client ids. */
  readonly members: readonly string[];
}

/** Tell the members that the cohort gave no sum, and that each may keep its update. */
export interface Abandon {
  readonly kind: "abandon";
  readonly cohortId: string;
  readonly members: readonly ReadyUpdate[];
  readonly uploaded: number;
  readonly reason: string;
}

/** Turn the sums into a version and answer with `committed` or `failed`. */
export interface Commit {
  readonly kind: "commit";
  readonly cohortId: string;
  readonly selected: number;
  /** Everybody who is in one of the sums. */
  readonly contributors: readonly ReadyUpdate[];
  /** The greatest number of participations of any client, these included. */
  readonly participations: number;
  /** One of the whole cohort; one a group; or, where a rule looks at single updates, one a client. */
  readonly sums: readonly VisibleSum[];
}
