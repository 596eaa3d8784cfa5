import type { RefusalReason } from "@tacit/shared";

const FINAL: ReadonlySet<RefusalReason> = new Set([
  "task-finished",
  "participations-spent",
  "budget-spent",
  "unknown-task",
  "wrong-task",
  "unsupported-version",
  "bad-identity",
  "not-enrolled",
  "bad-credential",
  "revoked",
]);

/** Whether the coordinator will say the same however often it is asked: this client takes no further part. */
export const isFinal = (reason: RefusalReason): boolean => FINAL.has(reason);
