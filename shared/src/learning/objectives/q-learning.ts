import type { ObjectiveOf } from "../../task/objective-spec.js";
import { type Readings, readings } from "../readings.js";
import type { TaskModel } from "../task-model.js";
import { doubleQTargets } from "./double-q-targets.js";
import type { Objective } from "./objective.js";
import type { Gradients, Outputs } from "./terms.js";

/**
 * Double Q-learning with a conservative penalty, as a mean over the batch of
 *
 *   ½ (Q(s, a) − y)² + penalty · (ln Σ_b exp Q(s, b) − Q(s, a))     y = r + γ Q̂(s′, argmax_b Q(s′, b))
 *
 * with Q(s, a) = V(s) + logit(s, a): the network's two outputs are the two streams of a duelling network (Wang et al. 2015,
 * arXiv 1511.06581, eq. 7), so that Q ranks as any policy does. Q̂ is that of the received parameters (van Hasselt et al.
 * 2015, arXiv 1509.06461); the penalty, −penalty · ln softmax(Q)(a), keeps down what nobody logged (Kumar et al. 2020,
 * arXiv 2006.04779, eq. 4). Both the sum over b, corrected to the whole catalogue, and the maximum are over the batch's
 * candidates.
 */
export function qLearning(
  { penalty }: Pick<ObjectiveOf<"q-learning">, "penalty">,
  rows: number,
  each: number,
  outputs: Outputs<"logits" | "values" | "logPolicy">,
  targets: ArrayLike<number>,
  gradients: Gradients<"logits" | "values" | "logPolicy">,
): number {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const taken = row * each;
    const error = (outputs.values[row] ?? 0) + (outputs.logits[taken] ?? 0) - (targets[row] ?? 0);
    loss += error ** 2 / 2 - penalty * (outputs.logPolicy[row] ?? 0);
    gradients.logits[taken] = error / rows;
    gradients.values[row] = error / rows;
    gradients.logPolicy[row] = -penalty / rows;
  }
  return loss / rows;
}

export function prepareQLearning(objective: ObjectiveOf<"q-learning">, model: TaskModel): Objective {
  const { discount } = model.task.reward;
  return (batch) => {
    const { transitions, candidates, each } = batch;
    const states = transitions.map(({ nextState }) => nextState);
    const online = duel(readings(model, model.training(), states, candidates), each);
    const received = duel(readings(model, model.target(), states, candidates), each);
    const targets = doubleQTargets(transitions, discount, each, online, received);
    return {
      valueTargets: targets,
      loss: (outputs, gradients) =>
        qLearning(objective, transitions.length, each, outputs, targets, gradients),
    };
  };
}

const duel = ({ logits, values }: Readings, each: number): ArrayLike<number> =>
  logits.map((logit, i) => logit + (values[Math.floor(i / each)] ?? 0));
