import { composeZcdp } from "./accounting/zcdp-accountant.js";
import { planSealing, type SealingPlan, type SealingTask } from "./plan-sealing.js";
import { coordinatorEvents, type Observe, releasesEvents } from "./privacy-events.js";
import { samplingDelta } from "./sampling-delta.js";
import { epsilonOfZcdp } from "./zcdp.js";

/** Of epsilon. */
const LARGEST_PROMISE = 30;

/** What one client's whole contribution may reveal, after so many participations. Its contribution is replaced by zero. */
export interface PrivacyStatement {
  /** Infinite where nothing is promised. */
  readonly epsilon: number;
  readonly delta: number;
  readonly rho: number;
  readonly participations: number;
}

/**
 * Against the coordinator, honest but curious: it sees masked updates' sums, and unmasked updates one by one, where only
 * that client's own share of noise counts.
 */
export const coordinatorStatement = (
  task: SealingTask,
  updateLength: number,
  participations: number,
): PrivacyStatement => statement(task, updateLength, participations, coordinatorEvents);

/** Against anyone who sees the released models: the noise of the cohort's sum counts, without amplification. */
export const releasesStatement = (
  task: SealingTask,
  updateLength: number,
  participations: number,
): PrivacyStatement => statement(task, updateLength, participations, releasesEvents);

/**
 * The statement that `privacy.maximumEpsilon` bounds: against the released models, but in mode `local`, which is made for
 * that, against the coordinator.
 */
export const budgetStatement = (
  task: SealingTask,
  updateLength: number,
  participations: number,
): PrivacyStatement => {
  const stated = task.privacy.mode === "local" ? coordinatorStatement : releasesStatement;
  return stated(task, updateLength, participations);
};

/** Read in zero-concentrated differential privacy, which bounds every event that {@link Observe} yields. */
function statement(
  task: SealingTask,
  updateLength: number,
  participations: number,
  observe: Observe,
): PrivacyStatement {
  const planned = planSealing(task, updateLength);
  if (!planned.ok) throw new RangeError(`${planned.field}: ${planned.message}`);
  const { delta } = task.privacy;
  const events = observe(planned.plan, participations);
  const rho = (events && composeZcdp(events)) ?? Number.POSITIVE_INFINITY;
  if (rho === Number.POSITIVE_INFINITY) return { epsilon: rho, delta, rho, participations };
  const epsilon = epsilonOfZcdp(rho, delta);
  // The sampler's own share of delta is taken off first; above this epsilon nothing is promised anyway.
  const spent = epsilon > LARGEST_PROMISE ? 0 : participations * samplingDeltaOf(planned.plan);
  if (!(delta > spent)) return { epsilon: Number.POSITIVE_INFINITY, delta, rho, participations };
  return { epsilon: epsilonOfZcdp(rho, delta - spent), delta, rho, participations };
}

function samplingDeltaOf({ shareDeviation, coordinatorDeviation, noiseFactor, dimension }: SealingPlan) {
  const deviation = shareDeviation + coordinatorDeviation * (noiseFactor[0] ?? 1);
  return samplingDelta(deviation, dimension, LARGEST_PROMISE);
}
