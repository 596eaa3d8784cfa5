import type { TaskSpec } from "../task/task-spec.js";
import { planSealing, type SealingPlan } from "./plan-sealing.js";
import { sumsDivergence } from "./sums-divergence.js";
import { epsilonOfZcdp, rhoOfGaussian } from "./zcdp.js";

/** What one client's whole contribution may reveal, after so many participations. Its contribution is replaced by zero. */
export interface PrivacyStatement {
  readonly epsilon: number;
  readonly delta: number;
  readonly rho: number;
  readonly participations: number;
}

/** Against the coordinator before masking: it sees each update, so only that client's own share of noise counts. */
export function coordinatorStatement(
  task: TaskSpec,
  dimension: number,
  participations: number,
): PrivacyStatement {
  return statement(task, dimension, participations, ({ integerNorm, shareDeviation }) =>
    rhoOfGaussian(integerNorm, shareDeviation),
  );
}

/** Against anyone who sees the released models: the noise of the cohort's sum counts, without amplification. */
export function releasesStatement(
  task: TaskSpec,
  dimension: number,
  participations: number,
): PrivacyStatement {
  return statement(task, dimension, participations, (plan) => {
    const deviation = plan.shareDeviation * Math.sqrt(plan.honestContributors);
    return (
      rhoOfGaussian(plan.integerNorm, deviation) +
      plan.dimension * sumsDivergence(plan.shareDeviation, plan.honestContributors)
    );
  });
}

function statement(
  task: TaskSpec,
  dimension: number,
  participations: number,
  rhoOf: (plan: SealingPlan) => number,
): PrivacyStatement {
  const planned = planSealing(task, dimension);
  if (!planned.ok) throw new RangeError(`${planned.field}: ${planned.message}`);
  const rho = participations * rhoOf(planned.plan);
  const { delta } = task.privacy;
  return { epsilon: epsilonOfZcdp(rho, delta), delta, rho, participations };
}
