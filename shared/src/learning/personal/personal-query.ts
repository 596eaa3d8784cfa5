import type { TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import { reconstruct } from "./reconstruct.js";

/**
 * What the shared parameters are trained from: in a task with personal ones the later half of a history, whose states
 * know what the earlier half said of the user. So shared parameters learn to be of use to those found without a look at
 * what is to be predicted (Singhal et al. 2021, §3.2: support and query set).
 */
export function personalQuery(
  model: TaskModel,
  parameters: Float32Array,
  transitions: readonly Transition[],
): readonly Transition[] {
  if (!model.shape.personal) return transitions;
  const half = transitions.length >> 1;
  const personal = reconstruct(model, parameters, transitions.slice(0, half));
  return transitions.slice(half).map((transition) => ({
    ...transition,
    state: { ...transition.state, personal },
    nextState: { ...transition.nextState, personal },
  }));
}
