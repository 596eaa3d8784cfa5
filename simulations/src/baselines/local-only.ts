import {
  type Catalogue,
  type Engine,
  type Interaction,
  seededRandom,
  type TaskSpec,
  trainLocally,
} from "@tacit/shared";

/**
 * A client that trains alone for as many steps as it takes in the whole federation, without noise. Returns the
 * parameters it began with where there is too little to learn from.
 */
export function trainAlone(options: {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly parameters: Float32Array;
  readonly history: readonly Interaction[];
  readonly seed: number;
}): Float32Array {
  const { task, seed, ...rest } = options;
  const localSteps = task.learning.localSteps * task.rounds;
  const alone: TaskSpec = { ...task, learning: { ...task.learning, localSteps } };
  const result = trainLocally({ ...rest, task: alone, random: seededRandom(seed) });
  return result.ok ? result.parameters : options.parameters;
}
