import {
  bernsteinInterval,
  bootstrapInterval,
  type Interval,
  importanceWeights,
  type LoggedRounds,
  type OffPolicyEstimator,
  type OffPolicyOptions,
  type OffPolicyRefusal,
  offPolicyEstimate,
  seededRandom,
} from "@tacit/shared";
import type { BanditLog, EvaluationRefusal } from "./log/bandit-log.js";
import { refuse } from "./log/refuse.js";
import { needsRewardModel } from "./model/needs-reward-model.js";
import { type ColumnChoice, rewardColumns } from "./model/reward-columns.js";
import { rewardModel } from "./model/reward-model.js";
import type { EvaluatedPolicy } from "./policies/evaluated-policy.js";

/** One has no variance, and no other that its reward model could have learned from. */
const FEWEST_ROUNDS = 2;

export interface EvaluateOptions {
  readonly estimators: readonly OffPolicyEstimator[];
  readonly parameters: OffPolicyOptions;
  /** What the reward model reads. */
  readonly columns: ColumnChoice;
  readonly fold: Int32Array;
  readonly folds: number;
  readonly seed: number;
  readonly confidence: number;
  /** Logs drawn for the bootstrap. */
  readonly draws: number;
}

export interface EstimatorResult {
  readonly value: number;
  /** null: all logs drawn from this one say the same. */
  readonly bootstrap: Interval | null;
  /** null: the weights cannot be told from 0. */
  readonly bernstein: Interval | null;
  /** τ of Switch-DR, λ of DRos; null is infinity. */
  readonly parameter?: { readonly value: number | null; readonly tuned: boolean };
}

export interface LogEvaluation {
  readonly ok: true;
  /** Mean reward of the log: the value of the policy that made it. */
  readonly loggedValue: number;
  readonly weights: {
    /** Near 1 where propensities and policy fit together. */
    readonly mean: number;
    readonly maximum: number;
    /** (Σ w)² / Σ w²: how many rounds the log is worth to this policy (Kish 1965). */
    readonly effectiveRounds: number;
  };
  /** What was read by the reward model; null where no estimator asks for one. */
  readonly rewardModel: {
    readonly contexts: readonly string[];
    readonly itemFeatures: readonly string[];
    /** Parameters: a constant, the contexts, the item and the place. */
    readonly columns: number;
  } | null;
  readonly estimates: Readonly<Partial<Record<OffPolicyEstimator, EstimatorResult>>>;
}

/** Estimates the value of a policy on a log; pure. */
export function evaluateLog(
  log: BanditLog,
  policy: EvaluatedPolicy,
  options: EvaluateOptions,
): LogEvaluation | OffPolicyRefusal | EvaluationRefusal {
  if (log.actions.length < FEWEST_ROUNDS) {
    const message = `the log has one impression, which tells nothing of how far an estimate may be off: at least ${FEWEST_ROUNDS}`;
    return refuse("too-few-rounds", message);
  }
  const columns = needsRewardModel(options.estimators) ? rewardColumns(log, options.columns) : undefined;
  if (columns && !columns.ok) return columns;
  const plain = plainRounds(log, policy);
  const rounds = columns
    ? { ...plain, ...rewardModel(log, columns, policy, options.fold, options.folds) }
    : plain;
  const estimates: Partial<Record<OffPolicyEstimator, EstimatorResult>> = {};
  for (const estimator of options.estimators) {
    const estimate = offPolicyEstimate(estimator, rounds, options.parameters);
    if (!estimate.ok) return estimate;
    const { value, terms, parameter } = estimate;
    const { confidence } = options;
    estimates[estimator] = {
      value,
      // The same draws for all: what estimators share cancels between them.
      bootstrap: bootstrapInterval(terms, seededRandom(options.seed), options) ?? null,
      bernstein: bernsteinInterval(terms, confidence) ?? null,
      ...(parameter && {
        parameter: { ...parameter, value: Number.isFinite(parameter.value) ? parameter.value : null },
      }),
    };
  }
  const weights = importanceWeights(rounds);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  return {
    ok: true,
    loggedValue: log.rewards.reduce((sum, reward) => sum + reward, 0) / log.rewards.length,
    weights: {
      mean: total / weights.length,
      maximum: weights.reduce((most, weight) => Math.max(most, weight), 0),
      effectiveRounds: squares > 0 ? total ** 2 / squares : 0,
    },
    rewardModel: columns
      ? { contexts: columns.contexts, itemFeatures: columns.itemFeatures, columns: columns.width }
      : null,
    estimates,
  };
}

function plainRounds({ rewards, propensities, actions }: BanditLog, policy: EvaluatedPolicy): LoggedRounds {
  const probabilities = Float64Array.from(
    actions,
    (action, round) => policy.probabilities(round)[action] ?? Number.NaN,
  );
  return { rewards, propensities, probabilities };
}
