import type { ObjectiveOf } from "../../task/objective-spec.js";
import { readings } from "../readings.js";
import type { TaskModel } from "../task-model.js";
import { doubleQTargets } from "./double-q-targets.js";
import { importanceWeight } from "./importance-weight.js";
import type { Objective } from "./objective.js";
import type { Gradients, Outputs } from "./terms.js";

interface SelfSupervisedOptions extends ObjectiveOf<"self-supervised-actor-critic"> {
  readonly importanceClip: number;
}

/** One number a state of the batch. */
interface SelfSupervisedBatch {
  /** y */
  readonly targets: ArrayLike<number>;
  readonly rewards: ArrayLike<number>;
  /** 0 where none is logged. */
  readonly propensities: ArrayLike<number>;
}

/**
 * Self-supervised actor-critic: the next item, learned from what was liked, and by how much it is worth. A mean over the
 * batch of
 *
 *   −nextItemWeight · 1[r > 0] · ln p(a|s) − policyWeight · w · max(0, Q(s, a) − V(s)) · ln π(a|s)
 *     + criticWeight · ½ (Q(s, a) − y)² + valueWeight · ½ (V(s) − y)²     y = r + γ Q̂(s′, argmax_b Q(s′, b))
 *
 * with w = min(importanceClip, π(a|s) / propensity), held constant as the advantage is, Q̂ that of the received parameters, and
 * p the softmax over the candidates: one head, and its logits rank. Xin et al. 2020 (arXiv 2006.05779); the advantage in
 * place of Q, without which whatever comes first is reinforced, is Xin et al. 2021 (arXiv 2111.03474). Their logs hold no
 * propensities: w is then 1.
 */
export function selfSupervisedActorCritic(
  options: SelfSupervisedOptions,
  rows: number,
  each: number,
  outputs: Outputs<"logPolicy" | "logChoice" | "critic" | "values" | "valueLosses">,
  { targets, rewards, propensities }: SelfSupervisedBatch,
  gradients: Gradients<"logPolicy" | "logChoice" | "critic" | "valueLosses">,
): number {
  const { nextItemWeight, policyWeight, criticWeight, valueWeight, importanceClip } = options;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const taken = row * each;
    const q = outputs.critic[taken] ?? 0;
    const error = q - (targets[row] ?? 0);
    const weight = importanceWeight(outputs.logPolicy[row] ?? 0, propensities[row] ?? 0, importanceClip);
    const chosen = (rewards[row] ?? 0) > 0 ? nextItemWeight : 0;
    const actor = policyWeight * weight * Math.max(0, q - (outputs.values[row] ?? 0));
    loss += (criticWeight * error ** 2) / 2 - chosen * (outputs.logChoice[row] ?? 0);
    loss -= actor * (outputs.logPolicy[row] ?? 0);
    loss += valueWeight * (outputs.valueLosses[row] ?? 0);
    gradients.critic[taken] = (criticWeight * error) / rows;
    gradients.logChoice[row] = -chosen / rows;
    gradients.logPolicy[row] = -actor / rows;
    gradients.valueLosses[row] = valueWeight / rows;
  }
  return loss / rows;
}

export function prepareSelfSupervisedActorCritic(
  objective: ObjectiveOf<"self-supervised-actor-critic">,
  model: TaskModel,
): Objective {
  const { learning, reward } = model.task;
  const options = { ...objective, importanceClip: learning.importanceClip };
  return (batch) => {
    const { transitions, candidates, each } = batch;
    const states = transitions.map(({ nextState }) => nextState);
    const { critic: online } = readings(model, model.training(), states, candidates);
    const { critic: received } = readings(model, model.target(), states, candidates);
    const targets = doubleQTargets(transitions, reward.discount, each, online, received);
    const facts = {
      targets,
      rewards: transitions.map((transition) => transition.reward),
      propensities: transitions.map(({ propensity }) => propensity ?? 0),
    };
    return {
      valueTargets: targets,
      loss: (outputs, gradients) =>
        selfSupervisedActorCritic(options, transitions.length, each, outputs, facts, gradients),
    };
  };
}
