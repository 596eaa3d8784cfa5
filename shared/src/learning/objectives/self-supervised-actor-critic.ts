import type { ObjectiveOf } from "../../task/objective-spec.js";
import { readings } from "../readings.js";
import type { TaskModel } from "../task-model.js";
import { doubleQTargets } from "./double-q-targets.js";
import type { Objective } from "./objective.js";
import type { Gradients, Outputs } from "./terms.js";

/** One number a state of the batch. */
interface SelfSupervisedBatch {
  /** y */
  readonly targets: ArrayLike<number>;
  readonly rewards: ArrayLike<number>;
}

/**
 * Self-supervised actor-critic: the next item, learned from what was liked, and by how much it is worth. A mean over the
 * batch of
 *
 *   −(nextItemWeight · 1[r > 0] + policyWeight · max(0, Q(s, a))) · ln p(a|s) + criticWeight · ½ (Q(s, a) − y)²
 *     + valueWeight · ½ (V(s) − y)²     y = r + γ Q̂(s′, argmax_b Q(s′, b))
 *
 * with Q in the first term held constant, Q̂ that of the received parameters, and p the sampled softmax, whose logits rank.
 * Xin et al. 2020 (arXiv 2006.05779) eq. 4, 6, 8; V, which the paper has not, is what hosts are told of a state.
 */
export function selfSupervisedActorCritic(
  options: ObjectiveOf<"self-supervised-actor-critic">,
  rows: number,
  each: number,
  outputs: Outputs<"logChoice" | "critic" | "valueLosses">,
  { targets, rewards }: SelfSupervisedBatch,
  gradients: Gradients<"logChoice" | "critic" | "valueLosses">,
): number {
  const { nextItemWeight, policyWeight, criticWeight, valueWeight } = options;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const taken = row * each;
    const q = outputs.critic[taken] ?? 0;
    const error = q - (targets[row] ?? 0);
    const actor = ((rewards[row] ?? 0) > 0 ? nextItemWeight : 0) + policyWeight * Math.max(0, q);
    loss += (criticWeight * error ** 2) / 2 - actor * (outputs.logChoice[row] ?? 0);
    loss += valueWeight * (outputs.valueLosses[row] ?? 0);
    gradients.critic[taken] = (criticWeight * error) / rows;
    gradients.logChoice[row] = -actor / rows;
    gradients.valueLosses[row] = valueWeight / rows;
  }
  return loss / rows;
}

export function prepareSelfSupervisedActorCritic(
  objective: ObjectiveOf<"self-supervised-actor-critic">,
  model: TaskModel,
): Objective {
  const { discount } = model.task.reward;
  return (batch) => {
    const { transitions, candidates, each } = batch;
    const states = transitions.map(({ nextState }) => nextState);
    const { critic: online } = readings(model, model.training(), states, candidates);
    const { critic: received } = readings(model, model.target(), states, candidates);
    const targets = doubleQTargets(transitions, discount, each, online, received);
    const facts = { targets, rewards: transitions.map(({ reward }) => reward) };
    return {
      valueTargets: targets,
      loss: (outputs, gradients) =>
        selfSupervisedActorCritic(objective, transitions.length, each, outputs, facts, gradients),
    };
  };
}
