import type { Tensor } from "../network/tensor.js";
import type { TrainingNetwork } from "../network/training-network.js";
import type { Random } from "../random/random.js";
import { drawCandidates } from "./draw-candidates.js";
import type { Interaction } from "./interaction.js";
import { localSteps } from "./local-steps.js";
import { writeCandidates, writeStates } from "./network-inputs.js";
import type { Batch } from "./objectives/objective.js";
import { prepareObjective } from "./objectives/prepare-objective.js";
import type { Cells, Terms } from "./objectives/terms.js";
import { personalQuery } from "./personal/personal-query.js";
import type { StructuredUpdate } from "./structured-updates/structured-update.js";
import type { TaskModel } from "./task-model.js";
import { type Transition, trajectories } from "./trajectories.js";

export interface LocalTrainingOptions {
  readonly model: TaskModel;
  /** The received parameters; not changed. */
  readonly parameters: Float32Array;
  readonly history: readonly Interaction[];
  readonly random: Random;
  /** Of tasks whose updates are restricted, for the version that is trained from. */
  readonly structure?: StructuredUpdate | undefined;
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

/** Trains from one history, one pass or optimiser step at each `next()`, so that a host can breathe in between. */
export function* localTraining(options: LocalTrainingOptions): Generator<undefined, LocalTrainingResult> {
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
  { model, random, structure, ...options }: Omit<LocalTrainingOptions, "history">,
  transitions: readonly Transition[],
): Generator<undefined, LocalTrainingResult & { readonly ok: true }> {
  const { learning } = model.task;
  const { compiled, network } = model.training();
  compiled.load(options.parameters);
  model.target().compiled.load(options.parameters);
  const objective = yield* prepareObjective(model, transitions, random);
  const [outputs, gradients] = [
    termsOf(network, (tensor) => compiled.values(tensor).cells),
    termsOf(network, (tensor) => compiled.gradients(tensor).cells),
  ];
  const update = structure?.descend(compiled, options.parameters) ?? (() => compiled.update());
  let loss = 0;
  const steps = localSteps(learning, transitions.length);
  for (let step = 0; step < steps; step++) {
    const batch = drawBatch(model, transitions, random);
    const { valueTargets, loss: write } = objective(batch);
    writeBatch(model, batch, valueTargets);
    compiled.gradient({ states: batch.transitions.length, candidates: batch.each }, () => {
      loss = write(outputs, gradients);
    });
    update();
    yield;
  }
  const parameters = new Float32Array(options.parameters.length);
  compiled.parameters(parameters);
  const meanReward = transitions.reduce((sum, transition) => sum + transition.reward, 0) / transitions.length;
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

function drawBatch(
  { task, catalogue }: TaskModel,
  transitions: readonly Transition[],
  random: Random,
): Batch {
  const { batchSize, candidates: others } = task.learning;
  const places = drawPlaces(transitions.length, batchSize, random);
  const drawn = places.flatMap((place) => transitions[place] ?? []);
  const each = 1 + others;
  const candidates = new Int32Array(drawn.length * each);
  for (const [row, { action }] of drawn.entries()) {
    drawCandidates(action, catalogue.size, random, candidates.subarray(row * each, (row + 1) * each));
  }
  return { transitions: drawn, places, candidates, each };
}

/** All of them when they fit into a batch, otherwise uniform draws. */
function drawPlaces(count: number, batchSize: number, random: Random): readonly number[] {
  if (count <= batchSize) return Array.from({ length: count }, (_, place) => place);
  return Array.from({ length: batchSize }, () => random.integer(count));
}

function writeBatch(
  { shape, catalogue, ...model }: TaskModel,
  { transitions, candidates }: Batch,
  valueTargets: ArrayLike<number>,
): void {
  const { compiled, network } = model.training();
  const target = { shape, catalogue, compiled, inputs: network.inputs };
  const states = transitions.map(({ state }) => state);
  writeStates(target, states);
  writeCandidates(target, candidates);
  compiled.indices(network.taken).fill(0, 0, transitions.length);
  compiled.values(network.targets).cells.set(valueTargets);
}

function termsOf(
  { logits, policy, choice, values, valueLosses, critic }: TrainingNetwork,
  cells: (tensor: Tensor) => Cells,
): Terms<Cells> {
  return {
    logits: cells(logits),
    logPolicy: cells(policy.logProbabilities),
    entropy: cells(policy.entropies),
    logChoice: cells(choice.logProbabilities),
    values: cells(values),
    valueLosses: cells(valueLosses),
    critic: critic ? cells(critic) : new Float32Array(),
  };
}
