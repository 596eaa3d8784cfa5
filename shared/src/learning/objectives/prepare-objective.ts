import type { Random } from "../../random/random.js";
import type { TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import { prepareActorCritic } from "./actor-critic.js";
import { prepareImplicitQLearning } from "./implicit-q-learning.js";
import type { Preparing } from "./objective.js";
import { inUnitOfValue } from "./per-place.js";
import { preparePolicyGradient } from "./policy-gradient.js";
import { preparePpo } from "./ppo.js";
import { prepareQLearning } from "./q-learning.js";
import { prepareSelfSupervisedActorCritic } from "./self-supervised-actor-critic.js";

/** A task's objective over transitions; the received parameters are loaded into the model's target. */
export function* prepareObjective(
  model: TaskModel,
  transitions: readonly Transition[],
  random: Random,
): Preparing {
  const { objective } = model.task.learning;
  const counted = inUnitOfValue(model.task, transitions);
  switch (objective.kind) {
    case "actor-critic":
      return yield* prepareActorCritic(objective, model, counted, random);
    case "policy-gradient":
      return preparePolicyGradient(objective, model, counted);
    case "ppo":
      return yield* preparePpo(objective, model, counted, random);
    case "q-learning":
      return prepareQLearning(objective, model);
    case "implicit-q-learning":
      return yield* prepareImplicitQLearning(objective, model, transitions, random);
    case "self-supervised-actor-critic":
      return prepareSelfSupervisedActorCritic(objective, model);
  }
}
