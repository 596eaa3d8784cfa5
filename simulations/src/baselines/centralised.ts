import {
  type Catalogue,
  createTaskModel,
  type Engine,
  finish,
  type Interaction,
  seededRandom,
  type TaskSpec,
  type Transition,
  trainOnTransitions,
  trajectories,
} from "@tacit/shared";
import { tellPrior } from "./tell-prior.js";

/** Adam's rate for one model that takes all steps itself; the task's own is made for a few steps on one history. */
const LEARNING_RATE = 0.003;

export interface CentralTrainingOptions {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly parameters: Float32Array;
  /** Whose data a round's steps are taken from: everybody's, or those who would be in its cohort. */
  readonly historiesOf: (round: number) => readonly (readonly Interaction[])[];
  readonly seed: number;
  /** The first round, where earlier ones have been played: 0 when left out. */
  readonly from?: number;
  /** The round to stop before: the task's last one is played when left out. */
  readonly until?: number;
}

/** {@link centralTraining} in one go. */
export const trainCentrally = (options: CentralTrainingOptions): Float32Array =>
  finish(centralTraining(options));

/**
 * One model trained on pooled transitions, without privacy, by as many steps as all clients take together in the whole
 * federation; a pass or step at each `next()`. The value targets are renewed once a round, as in the federation.
 */
export function* centralTraining(options: CentralTrainingOptions): Generator<undefined, Float32Array> {
  const { task, catalogue, engine, historiesOf, seed, from = 0, until = task.rounds } = options;
  const random = seededRandom(seed);
  const modelOf = (clients: number) => {
    const localSteps = task.learning.localSteps * clients;
    const learning = {
      ...task.learning,
      optimiser: "adam",
      learningRate: LEARNING_RATE,
      localSteps,
    } as const;
    return createTaskModel({ task: { ...task, learning }, catalogue, engine });
  };
  let { parameters } = options;
  let histories = historiesOf(from);
  let clients = transitionsOf(task, catalogue, histories);
  let model = modelOf(histories.length);
  for (let round = from; round < until; round++) {
    const next = historiesOf(round);
    if (next !== histories) clients = transitionsOf(task, catalogue, next);
    if (next.length !== histories.length) model = modelOf(next.length);
    histories = next;
    const pooled = clients.flat();
    if (pooled.length === 0) continue;
    ({ parameters } = yield* trainOnTransitions({ model, parameters, random }, pooled));
    tellPrior(model, clients, parameters);
  }
  return parameters;
}

/** Client by client. */
const transitionsOf = (
  task: TaskSpec,
  catalogue: Catalogue,
  histories: readonly (readonly Interaction[])[],
): readonly (readonly Transition[])[] => histories.map((history) => trajectories(task, catalogue, history));
