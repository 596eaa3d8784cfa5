import type { RefusedReason } from "@tacit/client";

const OUT: ReadonlySet<RefusedReason> = new Set<RefusedReason>([
  ...(["not-enrolled", "bad-credential", "bad-identity", "revoked"] as const),
  ...(["unknown-task", "wrong-task", "unsupported-version"] as const),
  ...(["participations-spent", "budget-spent", "noise-too-small", "coordinator-not-trusted"] as const),
]);

/** Whether a client that is refused for this reason would be refused again, however often it came back. */
export const isOut = (reason: RefusedReason): boolean => OUT.has(reason);
