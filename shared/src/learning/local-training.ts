import type { Tensor } from "../network/tensor.js";
import type { TrainingNetwork } from "../network/training-network.js";
import type { Random } from "../random/random.js";
import type { TaskSpec } from "../task/task-spec.js";
import { drawCandidates } from "./draw-candidates.js";
import type { Interaction } from "./interaction.js";
import { writeCandidates, writeStates } from "./network-inputs.js";
import { type ActorCriticBatch, actorCritic } from "./objectives/actor-critic.js";
import { personalQuery } from "./personal/personal-query.js";
import type { Compiled, TaskModel } from "./task-model.js";
import { type Transition, trajectories } from "./trajectories.js";

export interface LocalTrainingOptions {
  readonly model: TaskModel;
  /** The received parameters; not changed. */
  readonly parameters: Float32Array;
  readonly history: readonly Interaction[];
  readonly random: Random;
}

export type LocalTrainingResult =
  | {
      readonly ok: true;
      readonly parameters: Float32Array;
      readonly steps: number;
      readonly transitions: number;
      /** Of the last step. */
      readonly loss: number;
      readonly meanReward: number;
    }
  | { readonly ok: false; readonly refused: "too-few-interactions"; readonly transitions: number };

type TrainingTransitions =
  | { readonly ok: true; readonly transitions: readonly Transition[] }
  | Extract<LocalTrainingResult, { ok: false }>;

/** Trains from one history, one optimiser step at each `next()`, so that a host can breathe in between. */
export function* localTraining(options: LocalTrainingOptions): Generator<number, LocalTrainingResult> {
  const given = trainingTransitions(options);
  return given.ok ? yield* trainOnTransitions(options, given.transitions) : given;
}

/** What a history gives the shared parameters to learn from, on a device or for a virtual client. */
export function trainingTransitions({
  model,
  parameters,
  history,
}: Omit<LocalTrainingOptions, "random">): TrainingTransitions {
  const { task, catalogue } = model;
  const transitions = trajectories(task, catalogue, history);
  if (transitions.length < task.learning.minimumInteractions || catalogue.size < 2) {
    return { ok: false, refused: "too-few-interactions", transitions: transitions.length };
  }
  return { ok: true, transitions: personalQuery(model, parameters, transitions) };
}

/** Trains from transitions, wherever they come from; at least one. Whoever shares the model waits until it is done. */
export function* trainOnTransitions(
  { model, random, ...options }: Omit<LocalTrainingOptions, "history">,
  transitions: readonly Transition[],
): Generator<number, LocalTrainingResult & { readonly ok: true }> {
  const { learning } = model.task;
  const { compiled, network } = model.training();
  compiled.load(options.parameters);
  model.target().compiled.load(options.parameters);
  let loss = 0;
  for (let step = 0; step < learning.localSteps; step++) {
    const drawn = drawTransitions(transitions, learning.batchSize, random);
    const targets = valueTargets(model, drawn);
    writeBatch(model, drawn, targets, random);
    const counts = { states: drawn.length, candidates: 1 + learning.candidates };
    const batch: ActorCriticBatch = {
      targets,
      rewards: drawn.map((transition) => transition.reward),
      propensities: drawn.map(({ propensity }) => propensity ?? 0),
    };
    compiled.gradient(counts, () => {
      loss = objective(learning, drawn.length, { compiled, network }, batch);
    });
    compiled.update();
    yield loss;
  }
  const parameters = new Float32Array(options.parameters.length);
  compiled.parameters(parameters);
  const meanReward = transitions.reduce((sum, transition) => sum + transition.reward, 0) / transitions.length;
  const steps = learning.localSteps;
  return { ok: true, parameters, steps, transitions: transitions.length, loss, meanReward };
}

/** {@link localTraining} in one go. */
export const trainLocally = (options: LocalTrainingOptions): LocalTrainingResult =>
  finish(localTraining(options));

/** Takes all steps that are left. */
export function finish<Result>(training: Generator<unknown, Result>): Result {
  for (;;) {
    const step = training.next();
    if (step.done) return step.value;
  }
}

function writeBatch(
  { shape, catalogue, task, ...model }: TaskModel,
  drawn: readonly Transition[],
  targets: Float32Array,
  random: Random,
): void {
  const { compiled, network } = model.training();
  const target = { shape, catalogue, compiled, inputs: network.inputs };
  const states = drawn.map(({ state }) => state);
  writeStates(target, states);
  const candidates = new Int32Array(1 + task.learning.candidates);
  for (const [row, { action }] of drawn.entries()) {
    drawCandidates(action, catalogue.size, random, candidates);
    writeCandidates(target, candidates, row * candidates.length);
  }
  compiled.indices(network.taken).fill(0, 0, drawn.length);
  compiled.values(network.targets).cells.set(targets);
}

function objective(
  learning: TaskSpec["learning"],
  rows: number,
  { compiled, network }: Compiled<TrainingNetwork>,
  batch: ActorCriticBatch,
): number {
  const { policy, choice, values, valueLosses } = network;
  const value = (tensor: Tensor) => compiled.values(tensor).cells;
  const gradient = (tensor: Tensor) => compiled.gradients(tensor).cells;
  return actorCritic(
    learning,
    rows,
    {
      logPolicy: value(policy.logProbabilities),
      entropy: value(policy.entropies),
      logChoice: value(choice.logProbabilities),
      values: value(values),
      valueLosses: value(valueLosses),
    },
    batch,
    {
      logPolicy: gradient(policy.logProbabilities),
      entropy: gradient(policy.entropies),
      logChoice: gradient(choice.logProbabilities),
      valueLosses: gradient(valueLosses),
    },
  );
}

/** One-step targets from the received parameters, which serve as the target network. */
function valueTargets(
  { task, shape, catalogue, ...model }: TaskModel,
  transitions: readonly Transition[],
): Float32Array {
  const { compiled, network } = model.target();
  writeStates(
    { shape, catalogue, compiled, inputs: network.inputs },
    transitions.map(({ nextState }) => nextState),
  );
  compiled.forward({ states: transitions.length, candidates: 0 });
  const { cells } = compiled.values(network.values);
  return Float32Array.from(transitions, ({ reward, done }, i) =>
    done ? reward : reward + task.reward.discount * (cells[i] ?? 0),
  );
}

/** All of them when they fit into a batch, otherwise uniform draws. */
function drawTransitions(
  transitions: readonly Transition[],
  batchSize: number,
  random: Random,
): readonly Transition[] {
  if (transitions.length <= batchSize) return transitions;
  return Array.from({ length: batchSize }, () => transitions[random.integer(transitions.length)]).filter(
    (transition) => transition !== undefined,
  );
}
