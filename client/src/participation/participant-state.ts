import type { CohortInvitation, Refusal, SecaggReason } from "@tacit/shared";
import type { LimitReached } from "../ledger/limits.js";
import type { RefusedReason } from "../recommender-events.js";

/** A sealed update that is stored on the device. Its values never change: a second upload sends the same bytes. */
export interface SealedUpdate {
  readonly updateId: string;
  /** The version it was trained from. */
  readonly modelVersion: number;
  /** Integers modulo 2^bits. */
  readonly values: Uint32Array;
}

/** The newest model version that the coordinator has spoken of. */
export interface Head {
  readonly modelVersion: number;
  readonly modelHash: string;
  readonly finished: boolean;
}

export interface ParticipantRules {
  readonly maximumStaleness: number;
  /** Fewest clients in a cohort that this client joins. */
  readonly minimumCohort: number;
  /** Updates go through secure aggregation: the coordinator only sees their sum. */
  readonly masked: boolean;
}

export interface ParticipantState {
  readonly checkedIn: boolean;
  readonly head: Head | undefined;
  readonly update: SealedUpdate | undefined;
  /** The cohort that the update is being uploaded to. */
  readonly cohortId: string | undefined;
  /**
   * What this client has done in that cohort: `signed` the list of survivors, so that the others may open a sum with its
   * update; or helped to open it, so that the update is `spent` and must not enter another.
   */
  readonly exposure: "none" | "signed" | "spent";
  /** Failures in a row: what the next attempt waits for grows with them. */
  readonly failures: number;
  /** Why this client takes no further part in the task. */
  readonly stopped: RefusedReason | undefined;
}

export type ParticipantEvent =
  | { readonly kind: "connected" }
  | { readonly kind: "disconnected" }
  | { readonly kind: "checked-in"; readonly reply: ({ readonly ok: true } & Head) | Refusal }
  | { readonly kind: "announced"; readonly head: Head }
  /** The trainer has made an update, and it is stored. */
  | { readonly kind: "offered"; readonly update: SealedUpdate }
  | { readonly kind: "invited"; readonly invitation: CohortInvitation }
  | { readonly kind: "abandoned"; readonly cohortId: string }
  /** This client is about to sign the survivors, or to say what opens the cohort's sum. */
  | { readonly kind: "exposed"; readonly cohortId: string; readonly exposure: "signed" | "spent" }
  /** The update is a part of a version that is committed. */
  | { readonly kind: "committed"; readonly updateId: string; readonly modelVersion: number }
  /** This client left the cohort: a rule of secure aggregation was broken, or the cohort went on without it. */
  | {
      readonly kind: "left";
      readonly cohortId: string;
      readonly reason: SecaggReason;
      readonly message: string;
    }
  /** This client's own limits do not allow the upload. */
  | { readonly kind: "limited"; readonly updateId: string; readonly reached: LimitReached }
  /** The stored update is gone: the user had it erased, or withdrew consent, in another tab. */
  | { readonly kind: "erased"; readonly updateId: string }
  | { readonly kind: "ready-answered"; readonly updateId: string; readonly reply: { ok: true } | Refusal }
  | {
      readonly kind: "upload-answered";
      readonly updateId: string;
      readonly reply: { ok: true; modelVersion: number } | Refusal;
    };

export type ParticipantEffect =
  | { readonly kind: "check-in"; readonly failures: number }
  /** A newer model version exists. */
  | { readonly kind: "fetch-model"; readonly head: Head }
  | { readonly kind: "say-ready"; readonly update: SealedUpdate; readonly failures: number }
  /** Charge the ledger, then send. */
  | { readonly kind: "upload"; readonly update: SealedUpdate; readonly cohortId: string }
  /** Take part in this cohort's secure aggregation; charge the ledger before the masked update goes out. */
  | { readonly kind: "aggregate"; readonly update: SealedUpdate; readonly invitation: CohortInvitation }
  | { readonly kind: "withdraw"; readonly updateId: string }
  /** Remove the stored update. Lost: it may never become a part of a version, and another one may be trained. */
  | { readonly kind: "discard"; readonly updateId: string; readonly lost: boolean }
  | { readonly kind: "participated"; readonly modelVersion: number }
  | {
      readonly kind: "refused";
      readonly refused: { readonly reason: RefusedReason; readonly message: string };
    };

export interface Step {
  readonly state: ParticipantState;
  readonly effects: readonly ParticipantEffect[];
}
