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
  const { task, catalogue, history } = options;
  const transitions = trajectories(task, catalogue, history);
  if (transitions.length < task.learning.minimumInteractions || catalogue.size < 2) {
    return { ok: false, refused: "too-few-interactions", transitions: transitions.length };
  }
  return yield* trainOnTransitions(options, transitions);
}

/** Trains from transitions, wherever they come from; at least one. */
export function* trainOnTransitions(
  options: Omit<LocalTrainingOptions, "history">,
  transitions: readonly Transition[],
): Generator<number, LocalTrainingResult & { readonly ok: true }> {
  const { task, catalogue, engine, random } = options;
  const shape = networkShape(task);
  const parameters = options.parameters.slice();
  const update = createLocalOptimiser(task.learning, parameters.length);
  let loss = 0;
  for (let step = 0; step < task.learning.localSteps; step++) {
    const drawn = drawTransitions(transitions, task.learning.batchSize, random);
    const candidates = drawn.map(({ action }) =>
      withNegatives(action, task.learning.candidates, catalogue.size, random),
    );
    const batch: ActorCriticBatch = {
      targets: valueTargets(options, drawn),
      rewards: Float32Array.from(drawn, (transition) => transition.reward),
      propensities: Float32Array.from(drawn, ({ propensity }) => propensity ?? 0),
      itemsPerNegative: (catalogue.size - 1) / task.learning.candidates,
    };
    const states = drawn.map(({ state }) => state);
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
  const steps = task.learning.localSteps;
  return { ok: true, parameters, steps, transitions: transitions.length, loss, meanReward };
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
function valueTargets(
  { task, catalogue, engine, parameters }: Omit<LocalTrainingOptions, "history">,
  transitions: readonly Transition[],
): Float32Array {
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

/** The action first, then items drawn uniformly from all others. */
function withNegatives(action: number, count: number, size: number, random: Random): number[] {
  const negatives = Array.from({ length: count }, () => {
    const drawn = random.integer(size - 1);
    return drawn < action ? drawn : drawn + 1;
  });
  return [action, ...negatives];
}
