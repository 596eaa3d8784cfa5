import type { Interaction } from "../interaction.js";
import type { State } from "../state.js";
import type { TaskModel } from "../task-model.js";
import { trajectories } from "../trajectories.js";
import type { Personal } from "./personal.js";
import { reconstruct } from "./reconstruct.js";

interface Known {
  readonly model: TaskModel;
  readonly last: Interaction | undefined;
  readonly count: number;
  readonly personal: Personal;
}

/** Of the model versions in use, what was found last. */
const known = new WeakMap<Float32Array, Known>();

/** A state with what the history says of the user; as it is in tasks without personal parameters. */
export function personalState(
  model: TaskModel,
  parameters: Float32Array,
  history: readonly Interaction[],
  state: State,
): State {
  if (!model.shape.personal) return state;
  const [last, count] = [history.at(-1), history.length];
  const before = known.get(parameters);
  if (before?.model === model && before.last === last && before.count === count) {
    return { ...state, personal: before.personal };
  }
  const personal = reconstruct(model, parameters, trajectories(model.task, model.catalogue, history));
  known.set(parameters, { model, last, count, personal });
  return { ...state, personal };
}
