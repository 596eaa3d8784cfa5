import {
  type Catalogue,
  createTaskModel,
  type Engine,
  finish,
  type Interaction,
  seededRandom,
  type TaskSpec,
  trainOnTransitions,
  trajectories,
} from "@tacit/shared";

/** Adam's rate for one model that takes all steps itself; the task's own is made for a few steps on one history. */
const LEARNING_RATE = 0.003;

/**
 * One model trained on everybody's pooled transitions, without privacy, by as many steps as all clients take together
 * in the whole federation. The value targets are renewed once a round, as in the federation.
 */
export function trainCentrally(options: {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly parameters: Float32Array;
  readonly histories: readonly (readonly Interaction[])[];
  readonly seed: number;
}): Float32Array {
  const { task, catalogue, engine, histories, seed } = options;
  const pooled = histories.flatMap((history) => trajectories(task, catalogue, history));
  if (pooled.length === 0) return options.parameters;
  const learning = {
    ...task.learning,
    optimiser: "adam",
    learningRate: LEARNING_RATE,
    localSteps: task.learning.localSteps * histories.length,
  } as const;
  const model = createTaskModel({ task: { ...task, learning }, catalogue, engine });
  const random = seededRandom(seed);
  let parameters = options.parameters;
  for (let round = 0; round < task.rounds; round++) {
    ({ parameters } = finish(trainOnTransitions({ model, parameters, random }, pooled)));
  }
  return parameters;
}
