import type { OffPolicyEstimator } from "@tacit/shared";

/** Whether any of these estimators asks a reward model. */
export const needsRewardModel = (estimators: readonly OffPolicyEstimator[]): boolean =>
  estimators.some((estimator) => estimator !== "ips" && estimator !== "snips");
