import {
  type Catalogue,
  clientUpdate,
  createTaskModel,
  type Engine,
  finish,
  type Interaction,
  type Measurements,
  measureReceived,
  type StructuredUpdate,
  seededRandom,
  type TaskSpec,
  taskHash as taskHashOf,
  trainingTransitions,
  trainOnTransitions,
} from "@tacit/shared";
import type { ClientPhase, Stopwatch } from "./stopwatch.js";

/** A client's update, or nothing where its history is too short to make one. */
interface ClientUpdate {
  /** Trained parameters minus received ones, or what the task leaves of them. */
  readonly update: Float32Array;
  readonly loss: number;
  readonly reward: number;
  /** What the task asks to be measured. */
  readonly measured: Measurements;
}

/** A version as a client of this task receives it. */
interface Received {
  readonly modelVersion: number;
  /** Of the network. */
  readonly parameters: Float32Array;
}

/** The training of one client on its own history, as its SDK does it, with coins of this seed; `structure`: of the version. */
export type TrainClient = (
  received: Received,
  history: readonly Interaction[],
  seed: number,
  structure?: StructuredUpdate,
) => ClientUpdate | undefined;

export interface TrainerOptions {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly stopwatch: Stopwatch<ClientPhase>;
}

/** Made once a thread; all that is the network's arithmetic is behind this. */
export function clientTrainer({ task, catalogue, engine, stopwatch }: TrainerOptions): TrainClient {
  const model = createTaskModel({ task, catalogue, engine });
  const taskHash = taskHashOf(task);
  return ({ modelVersion, parameters }, history, seed, structure) => {
    const version = { taskHash, modelVersion };
    const options = { model, parameters, history, random: seededRandom(seed), structure, version };
    const received = finish(measureReceived(options));
    const given = trainingTransitions(options);
    stopwatch.lap("trajectories");
    if (!given.ok) return undefined;
    const trained = finish(trainOnTransitions(options, given.transitions));
    const update = clientUpdate(model, parameters, trained.parameters, history, structure);
    stopwatch.lap("training");
    const { loss, meanReward: reward } = trained;
    return { update, loss, reward, measured: { ...received, loss, reward } };
  };
}
