/** Why a message was refused or a cohort abandoned: the rule that was broken. */
export const SECAGG_REASONS = [
  // Any message.
  "malformed",
  "unsupported-version",
  "wrong-cohort",
  "unexpected-message",
  "abandoned",
  // The terms, against the client's own minima and ledger.
  "wrong-task",
  "wrong-model",
  "wrong-shape",
  "cohort-too-small",
  "cohort-too-large",
  "survivor-minimum-too-low",
  "corrupt-fraction-too-low",
  "adversary-too-weak",
  "threshold-too-low",
  "noise-too-low",
  "clip-too-high",
  "impossible-cohort",
  "budget-spent",
  // The roster and its entries.
  "not-on-roster",
  "unsorted-roster",
  "repeated-client",
  "repeated-key",
  "zero-key",
  "bad-signature",
  "unknown-identity",
  // Shares.
  "not-a-sharer",
  "repeated-share",
  "share-from-stranger",
  "missing-share",
  "bad-share",
  "too-few-shares",
  "wrong-recipients",
  // Survivors and unmasking.
  "too-few-survivors",
  "not-a-survivor",
  "survivor-never-shared",
  "second-survivor-list",
  "repeated-signature",
  "too-few-signatures",
  "second-unmask-request",
  "wrong-secrets",
  "unrecoverable-secret",
  // What a coordinator answers to a client.
  "not-in-cohort",
  "duplicate",
  "late",
  "too-few-clients",
  "dropout-fraction-too-low",
] as const;

export type SecaggReason = (typeof SECAGG_REASONS)[number];

/** A rule that was broken. `client` is the 32 hex digits of whoever is known to have broken it. */
export interface SecaggRefusal {
  readonly ok: false;
  readonly reason: SecaggReason;
  readonly message: string;
  readonly client?: string;
}

export function refuseSecagg(reason: SecaggReason, message: string, client?: string): SecaggRefusal {
  return client === undefined ? { ok: false, reason, message } : { ok: false, reason, message, client };
}
