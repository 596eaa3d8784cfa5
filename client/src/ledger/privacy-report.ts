import { coordinatorStatement, type PrivacyStatement, releasesStatement } from "@tacit/shared";
import { type Ledger, lifetimeRho, participations } from "./ledger.js";
import { type ClientLimits, type LimitedTask, lifetimeEpsilon, limitReached } from "./limits.js";

/** What taking part has cost this user so far, in the task at hand. */
export interface PrivacyReport {
  readonly participations: number;
  /** Against whoever sees the released models; absent until the task is known. */
  readonly releases?: PrivacyStatement;
  /** Against the coordinator, which sees sums where updates are masked, else each update. */
  readonly coordinator?: PrivacyStatement;
  readonly limits: ClientLimits;
  /** Why there will be no further participation; absent while there may be. */
  readonly limitReached?: string;
  /** Uploads begun in every task this device has known. */
  readonly lifetimeParticipations: number;
  /** All tasks together, against whoever sees all their released models; at δ = 1e-5. */
  readonly lifetimeEpsilon: number;
}

export function privacyReport(
  ledger: Ledger,
  limits: ClientLimits,
  known: LimitedTask | undefined,
): PrivacyReport {
  const lifetime = {
    lifetimeParticipations: ledger.length,
    lifetimeEpsilon: lifetimeEpsilon(lifetimeRho(ledger)),
  };
  if (!known) return { participations: 0, limits, ...lifetime };
  const { task, taskHash, plan } = known;
  const count = participations(ledger, taskHash);
  const reached = limitReached(limits, known, ledger);
  return {
    participations: count,
    releases: releasesStatement(task, plan.updateLength, count),
    coordinator: coordinatorStatement(task, plan.updateLength, count),
    limits,
    ...lifetime,
    ...(reached && { limitReached: reached.message }),
  };
}
