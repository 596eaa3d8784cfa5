import { directMethod } from "./direct-method.js";
import { doublyRobust } from "./doubly-robust.js";
import { type EstimatorTerms, estimatedValue } from "./estimator-terms.js";
import { ips } from "./ips.js";
import { leastErrorParameter } from "./least-error-parameter.js";
import type { LoggedRounds, ModelledRounds } from "./logged-rounds.js";
import { type OffPolicyRefusal, roundsProblem } from "./rounds-problem.js";
import { selfNormalisedDoublyRobust } from "./self-normalised-doubly-robust.js";
import { shrunkDoublyRobust, shrunkWeight } from "./shrunk-doubly-robust.js";
import { snips } from "./snips.js";
import { switchDoublyRobust, switchedWeight } from "./switch-doubly-robust.js";

export const OFF_POLICY_ESTIMATORS = ["ips", "snips", "dm", "dr", "sndr", "switch-dr", "dros"] as const;
export type OffPolicyEstimator = (typeof OFF_POLICY_ESTIMATORS)[number];

export interface OffPolicyOptions {
  /** τ of Switch-DR, ≥ 0; that of the least estimated error when absent. */
  readonly threshold?: number;
  /** λ of DRos, ≥ 0; likewise. */
  readonly shrinkage?: number;
}

export type OffPolicyEstimate =
  | {
      readonly ok: true;
      readonly value: number;
      /** For the intervals. */
      readonly terms: EstimatorTerms;
      /** τ or λ, of those that have one. */
      readonly parameter?: { readonly value: number; readonly tuned: boolean };
    }
  | OffPolicyRefusal;

/** The value of a policy by the log of another. */
export function offPolicyEstimate(
  estimator: OffPolicyEstimator,
  rounds: LoggedRounds | ModelledRounds,
  options: OffPolicyOptions = {},
): OffPolicyEstimate {
  const problem = roundsProblem(rounds) ?? overlapProblem(estimator, rounds);
  if (problem) return problem;
  if (estimator === "ips") return estimated(ips(rounds));
  if (estimator === "snips") return estimated(snips(rounds));
  if (!("estimates" in rounds)) {
    const message = `${estimator} needs the estimates of a reward model`;
    return { ok: false, reason: "no-reward-model", message, field: "estimates" };
  }
  if (estimator === "dm") return estimated(directMethod(rounds));
  if (estimator === "dr") return estimated(doublyRobust(rounds));
  if (estimator === "sndr") return estimated(selfNormalisedDoublyRobust(rounds));
  return estimator === "switch-dr"
    ? withParameter(rounds, options.threshold, switchDoublyRobust, switchedWeight)
    : withParameter(rounds, options.shrinkage, shrunkDoublyRobust, shrunkWeight);
}

const estimated = (terms: EstimatorTerms) => ({ ok: true, value: estimatedValue(terms), terms }) as const;

function withParameter(
  rounds: ModelledRounds,
  given: number | undefined,
  termsOf: (rounds: ModelledRounds, parameter: number) => EstimatorTerms,
  weightOf: (parameter: number) => (weight: number) => number,
): OffPolicyEstimate {
  if (given !== undefined && !(given >= 0)) {
    const message = `the estimator's parameter is at least 0, not ${given}`;
    return { ok: false, reason: "out-of-range", message, field: "parameter" };
  }
  const value = given ?? leastErrorParameter(rounds, weightOf);
  return { ...estimated(termsOf(rounds, value)), parameter: { value, tuned: given === undefined } };
}

function overlapProblem(
  estimator: OffPolicyEstimator,
  { probabilities }: LoggedRounds,
): OffPolicyRefusal | undefined {
  if (estimator === "dm" || probabilities.some((probability) => probability > 0)) return undefined;
  const message = "the evaluated policy shows nothing of what the log has: it says nothing about it";
  return { ok: false, reason: "no-overlap", message, field: "probabilities" };
}
