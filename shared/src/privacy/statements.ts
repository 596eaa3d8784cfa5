import { samplingDelta } from "./noise-share.js";
import { planSealing, type SealingPlan, type SealingTask } from "./plan-sealing.js";
import { sumsDivergence } from "./sums-divergence.js";
import { epsilonOfZcdp, rhoOfGaussian } from "./zcdp.js";

/** Of epsilon. */
const LARGEST_PROMISE = 30;

/** What one client's whole contribution may reveal, after so many participations. Its contribution is replaced by zero. */
export interface PrivacyStatement {
  readonly epsilon: number;
  readonly delta: number;
  readonly rho: number;
  readonly participations: number;
}

/** Against the coordinator before masking: it sees each update, so only that client's own share of noise counts. */
export function coordinatorStatement(
  task: SealingTask,
  parameters: number,
  participations: number,
): PrivacyStatement {
  return statement(task, parameters, participations, ({ integerNorm, shareDeviation }) =>
    rhoOfGaussian(integerNorm, shareDeviation),
  );
}

/** Against anyone who sees the released models: the noise of the cohort's sum counts, without amplification. */
export function releasesStatement(
  task: SealingTask,
  parameters: number,
  participations: number,
): PrivacyStatement {
  return statement(task, parameters, participations, (plan) => {
    const deviation = plan.shareDeviation * Math.sqrt(plan.honestContributors);
    return (
      rhoOfGaussian(plan.integerNorm, deviation) +
      plan.dimension * sumsDivergence(plan.shareDeviation, plan.honestContributors)
    );
  });
}

function statement(
  task: SealingTask,
  parameters: number,
  participations: number,
  rhoOf: (plan: SealingPlan) => number,
): PrivacyStatement {
  const planned = planSealing(task, parameters);
  if (!planned.ok) throw new RangeError(`${planned.field}: ${planned.message}`);
  const rho = participations * rhoOf(planned.plan);
  const { delta } = task.privacy;
  const epsilon = epsilonOfZcdp(rho, delta);
  const draws = participations * planned.plan.dimension;
  // The sampler's own share of delta is taken off first; above this epsilon nothing is promised anyway.
  const spent =
    epsilon > LARGEST_PROMISE ? 0 : samplingDelta(planned.plan.shareDeviation, draws, LARGEST_PROMISE);
  return { epsilon: epsilonOfZcdp(rho, delta - spent), delta, rho, participations };
}
