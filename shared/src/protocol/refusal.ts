/** Why a message changed nothing. A closed list, so that the other side can act on it. */
export const REFUSAL_REASONS = [
  "malformed",
  "oversized",
  "unsupported-version",
  "unknown-task",
  "wrong-task",
  "wrong-model",
  "wrong-dimension",
  "wrong-encoding",
  "stale",
  "future",
  "duplicate",
  "late",
  "not-checked-in",
  "bad-identity",
  "not-enrolled",
  "bad-credential",
  "revoked",
  "not-in-cohort",
  "task-finished",
  "participations-spent",
  "budget-spent",
  "abandoned",
  "busy",
  "too-soon",
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export interface Refusal {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly message: string;
  readonly field?: string | undefined;
}

export function refuse(reason: RefusalReason, message: string, field?: string): Refusal {
  return field === undefined ? { ok: false, reason, message } : { ok: false, reason, message, field };
}
