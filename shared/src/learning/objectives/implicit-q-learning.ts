import type { Random } from "../../random/random.js";
import type { ObjectiveOf } from "../../task/objective-spec.js";
import { receivedTerms } from "../received-terms.js";
import type { TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import type { Preparing } from "./objective.js";
import type { Gradients, Outputs } from "./terms.js";

/** One number a state of the batch, by the received parameters. */
interface ImplicitQBatch {
  /** r + γ V̂(s′) */
  readonly targets: ArrayLike<number>;
  /** Q̂(s, a) */
  readonly critic: ArrayLike<number>;
}

/**
 * Implicit Q-learning: no action that was not logged is ever asked for its value. A mean over the batch of
 *
 *   valueWeight · |τ − 1[u < 0]| u² + ½ (Q(s, a) − r − γ V̂(s′))² − min(advantageClip, exp(β u)) · ln π(a|s)     u = Q̂(s, a) − V(s)
 *
 * with τ the expectile, β the sharpness, hats for the received parameters, and the policy's weight held constant.
 * Kostrikov et al. 2021 (arXiv 2110.06169) eq. 5, 6, 7.
 */
export function implicitQLearning(
  { expectile, sharpness, advantageClip, valueWeight }: ObjectiveOf<"implicit-q-learning">,
  rows: number,
  each: number,
  outputs: Outputs<"logPolicy" | "values" | "critic">,
  batch: ImplicitQBatch,
  gradients: Gradients<"logPolicy" | "values" | "critic">,
): number {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const logPolicy = outputs.logPolicy[row] ?? 0;
    const advantage = (batch.critic[row] ?? 0) - (outputs.values[row] ?? 0);
    const slope = valueWeight * (advantage < 0 ? 1 - expectile : expectile);
    const error = (outputs.critic[row * each] ?? 0) - (batch.targets[row] ?? 0);
    const weight = Math.min(advantageClip, Math.exp(sharpness * advantage));
    loss += slope * advantage ** 2 + error ** 2 / 2 - weight * logPolicy;
    gradients.values[row] = (-2 * slope * advantage) / rows;
    gradients.critic[row * each] = error / rows;
    gradients.logPolicy[row] = -weight / rows;
  }
  return loss / rows;
}

/** V̂ and Q̂ of every logged action, found once: the received parameters do not change. */
export function* prepareImplicitQLearning(
  objective: ObjectiveOf<"implicit-q-learning">,
  model: TaskModel,
  transitions: readonly Transition[],
  random: Random,
): Preparing {
  const { discount } = model.task.reward;
  const received = yield* receivedTerms(model, transitions, 1, random);
  return ({ transitions: drawn, places, each }) => {
    const targets = places.map((place, row) => {
      const { reward = 0, done = true, following = 1 } = drawn[row] ?? {};
      return reward + (done ? 0 : discount * (received.values[place + following] ?? 0));
    });
    const critic = places.map((place) => received.critic[place] ?? 0);
    return {
      valueTargets: targets,
      loss: (outputs, gradients) =>
        implicitQLearning(objective, drawn.length, each, outputs, { targets, critic }, gradients),
    };
  };
}
