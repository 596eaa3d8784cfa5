import type { RepeatedEvent } from "./accounting/privacy-event.js";
import { squaredFactorSensitivity } from "./noise-factor.js";
import type { SealingPlan } from "./plan-sealing.js";

/** What so many participations of one client are to an observer, as events that any accountant adds up. */
export type Observe = (plan: SealingPlan, participations: number) => readonly RepeatedEvent[] | undefined;

/**
 * To the coordinator: where updates come masked, sums of cohorts as to everybody else; otherwise each update with that
 * client's own share of noise. Undefined where there is none: nothing is promised against a coordinator that adds the
 * noise itself.
 */
export const coordinatorEvents: Observe = (plan, participations) => {
  const { integerNorm, shareDeviation, dimension, masked } = plan;
  if (masked) return releasesEvents(plan, participations);
  if (participations === 0) return [];
  if (shareDeviation === 0) return undefined;
  const event = {
    mechanism: "discrete-gaussian",
    sensitivity: integerNorm,
    stddev: shareDeviation,
    dimension,
  } as const;
  return [{ event, compositions: participations }];
};

/** To anyone who sees the released models: the noise of the cohort's sum, without amplification. */
export const releasesEvents: Observe = (plan, participations) =>
  participations === 0 ? [] : [{ event: releaseEvent(plan), compositions: participations }];

function releaseEvent(plan: SealingPlan): RepeatedEvent["event"] {
  const { integerNorm, dimension, shareDeviation, coordinatorDeviation, noiseFactor } = plan;
  if (shareDeviation > 0) {
    return {
      mechanism: "distributed-discrete-gaussian",
      sensitivity: integerNorm,
      l1Sensitivity: integerNorm * Math.min(Math.sqrt(dimension), integerNorm),
      localStddev: shareDeviation,
      clients: plan.honestContributors,
      dimension,
    };
  }
  if (noiseFactor.length === 1) {
    return {
      mechanism: "discrete-gaussian",
      sensitivity: integerNorm,
      stddev: coordinatorDeviation,
      dimension,
    };
  }
  return {
    mechanism: "correlated-gaussian",
    noiseMultiplier: coordinatorDeviation / integerNorm,
    squaredSensitivity: squaredFactorSensitivity(noiseFactor),
  };
}
