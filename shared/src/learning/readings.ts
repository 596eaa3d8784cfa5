import type { RecommenderNetwork } from "../network/recommender-network.js";
import type { Tensor } from "../network/tensor.js";
import { writeCandidates, writeStates } from "./network-inputs.js";
import type { Cells } from "./objectives/terms.js";
import type { State } from "./state.js";
import type { Compiled, TaskModel } from "./task-model.js";

/** What a network makes of some states: V of each, and numbers for each of its candidates. */
export interface Readings {
  readonly logits: Cells;
  readonly values: Cells;
  /** Empty in networks without one. */
  readonly critic: Cells;
}

const NOTHING = new Int32Array();

/** One pass over states with `each` candidates a state, by the parameters that are loaded; values alone without any. */
export function readings(
  { shape, catalogue }: Pick<TaskModel, "shape" | "catalogue">,
  { compiled, network }: Compiled<RecommenderNetwork>,
  states: readonly State[],
  candidates: Int32Array = NOTHING,
): Readings {
  const target = { shape, catalogue, compiled, inputs: network.inputs };
  writeStates(target, states);
  writeCandidates(target, candidates);
  compiled.forward({ states: states.length, candidates: candidates.length / states.length });
  const read = (tensor: Tensor | undefined, count: number) =>
    tensor ? compiled.values(tensor).cells.slice(0, count) : new Float32Array();
  return {
    logits: read(network.logits, candidates.length),
    values: read(network.values, states.length),
    critic: read(network.critic, candidates.length),
  };
}
