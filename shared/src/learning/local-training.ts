import type { Catalogue } from "../catalogue/catalogue.js";
import type { Engine } from "../network/engine.js";
import { networkShape } from "../network/network-shape.js";
import type { Random } from "../random/random.js";
import type { TaskSpec } from "../task/task-spec.js";
import { type ActorCriticBatch, actorCritic } from "./actor-critic.js";
import type { Interaction } from "./interaction.js";
import { createLocalOptimiser } from "./local-optimiser.js";
import { networkInputs } from "./network-inputs.js";
import { type Transition, trajectories } from "./trajectories.js";

export interface LocalTrainingOptions {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
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

/** Trains from one history, one optimiser step at each `next()`, so that a host can breathe in between. */
export function* localTraining(options: LocalTrainingOptions): Generator<number, LocalTrainingResult> {
  const { task, catalogue, engine, history, random } = options;
  const transitions = trajectories(task, catalogue, history);
  if (transitions.length < task.learning.minimumInteractions || catalogue.size < 2) {
    return { ok: false, refused: "too-few-interactions", transitions: transitions.length };
  }
  const shape = networkShape(task);
  const parameters = options.parameters.slice();
  const update = createLocalOptimiser(task.learning, parameters.length);
  const targets = valueTargets(options, transitions);
  let loss = 0;
  for (let step = 0; step < task.learning.localSteps; step++) {
    const rows = drawRows(transitions.length, task.learning.batchSize, random);
    const drawn = rows.flatMap((row) => transitions[row] ?? []);
    const candidates = drawn.map(({ action }) =>
      withNegatives(action, task.learning.candidates, catalogue.size, random),
    );
    const states = drawn.map(({ state }) => state);
    const batch: ActorCriticBatch = {
      targets: Float32Array.from(rows, (row) => targets[row] ?? 0),
      rewards: Float32Array.from(drawn, (transition) => transition.reward),
      propensities: Float32Array.from(drawn, ({ propensity }) => propensity ?? 0),
      itemsPerNegative: (catalogue.size - 1) / task.learning.candidates,
    };
    const inputs = networkInputs(catalogue, task.model.historyLength, states, candidates);
    const { gradient } = engine.gradient(shape, parameters, inputs, (outputs) => {
      const result = actorCritic(task.learning, outputs, batch);
      loss = result.loss;
      return result.gradients;
    });
    update(parameters, gradient);
    yield loss;
  }
  const meanReward = transitions.reduce((sum, transition) => sum + transition.reward, 0) / transitions.length;
  return {
    ok: true,
    parameters,
    steps: task.learning.localSteps,
    transitions: transitions.length,
    loss,
    meanReward,
  };
}

/** {@link localTraining} in one go. */
export function trainLocally(options: LocalTrainingOptions): LocalTrainingResult {
  const training = localTraining(options);
  for (;;) {
    const step = training.next();
    if (step.done) return step.value;
  }
}

/** One-step targets from the received parameters, which serve as the target network. */
function valueTargets(options: LocalTrainingOptions, transitions: readonly Transition[]): Float32Array {
  const { task, catalogue, engine, parameters } = options;
  const states = transitions.map(({ nextState }) => nextState);
  const inputs = networkInputs(
    catalogue,
    task.model.historyLength,
    states,
    states.map(() => [0]),
  );
  const { values } = engine.forward(networkShape(task), parameters, inputs);
  return Float32Array.from(transitions, ({ reward, done }, i) =>
    done ? reward : reward + task.reward.discount * (values[i] ?? 0),
  );
}

function drawRows(available: number, batchSize: number, random: Random): number[] {
  if (available <= batchSize) return Array.from({ length: available }, (_, row) => row);
  return Array.from({ length: batchSize }, () => random.integer(available));
}

/** The action first, then items drawn uniformly from all others. */
function withNegatives(action: number, count: number, size: number, random: Random): number[] {
  const negatives = Array.from({ length: count }, () => {
    const drawn = random.integer(size - 1);
    return drawn < action ? drawn : drawn + 1;
  });
  return [action, ...negatives];
}
