import type { ObjectiveOf } from "../../task/objective-spec.js";
import { discountedReturns } from "../discounted-returns.js";
import type { TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import { importanceWeight } from "./importance-weight.js";
import type { Objective } from "./objective.js";
import type { Gradients, Outputs } from "./terms.js";

interface PolicyGradientOptions extends ObjectiveOf<"policy-gradient"> {
  readonly importanceClip: number;
}

/** One number a state of the batch. */
interface PolicyGradientBatch {
  /** G: discounted rewards from the action to the end of its episode. */
  readonly returns: ArrayLike<number>;
  /** 0 where none is logged. */
  readonly propensities: ArrayLike<number>;
}

/**
 * REINFORCE with a baseline and the top-K off-policy correction, as a mean over the batch of
 *
 *   −w · λ_K · (G − V(s)) · ln π(a|s) + valueWeight · ½ (V(s) − G)² − entropyWeight · H(π)
 *
 * with w = min(importanceClip, π(a|s) / propensity) and λ_K = K (1 − π(a|s))^(K − 1), held constant: an item that is as good
 * as sure to be among the K shown has nothing more to gain. Chen et al. 2019 (arXiv 1812.02353) §4.3, and §4.4 (weight
 * capping); baseline: Williams 1992. Only the action itself is corrected, not those after it: G is the logging policy's.
 */
export function policyGradient(
  { topK, valueWeight, entropyWeight, importanceClip }: PolicyGradientOptions,
  rows: number,
  outputs: Outputs<"logPolicy" | "entropy" | "values" | "valueLosses">,
  { returns, propensities }: PolicyGradientBatch,
  gradients: Gradients<"logPolicy" | "entropy" | "valueLosses">,
): number {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const logPolicy = outputs.logPolicy[row] ?? 0;
    const weight = importanceWeight(logPolicy, propensities[row] ?? 0, importanceClip);
    const slate = topK * Math.max(0, 1 - Math.exp(logPolicy)) ** (topK - 1);
    const actor = weight * slate * ((returns[row] ?? 0) - (outputs.values[row] ?? 0));
    loss -= actor * logPolicy + entropyWeight * (outputs.entropy[row] ?? 0);
    loss += valueWeight * (outputs.valueLosses[row] ?? 0);
    gradients.logPolicy[row] = -actor / rows;
    gradients.entropy[row] = -entropyWeight / rows;
    gradients.valueLosses[row] = valueWeight / rows;
  }
  return loss / rows;
}

export function preparePolicyGradient(
  objective: ObjectiveOf<"policy-gradient">,
  { task }: TaskModel,
  transitions: readonly Transition[],
): Objective {
  const options = { ...objective, importanceClip: task.learning.importanceClip };
  const all = discountedReturns(transitions, task.reward.discount);
  return ({ transitions: drawn, places }) => {
    const returns = places.map((place) => all[place] ?? 0);
    const propensities = drawn.map(({ propensity }) => propensity ?? 0);
    return {
      valueTargets: returns,
      loss: (outputs, gradients) =>
        policyGradient(options, drawn.length, outputs, { returns, propensities }, gradients),
    };
  };
}
