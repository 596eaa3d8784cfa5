import {
  type Catalogue,
  createTaskModel,
  type Engine,
  finish,
  heldOutHit,
  type Interaction,
  loggedValue,
  type Measurements,
  seededRandom,
  type TaskSpec,
  trainOnTransitions,
  trajectories,
} from "@tacit/shared";
import type { ClientPhase, Stopwatch } from "./stopwatch.js";

/** A client's update, or nothing where its history is too short to make one. */
interface ClientUpdate {
  /** Trained parameters minus received ones. */
  readonly update: Float32Array;
  readonly loss: number;
  readonly reward: number;
  /** What the task asks to be measured. */
  readonly measured: Measurements;
}

/** The training of one client on its own history, as its SDK does it, with coins of this seed. */
export type TrainClient = (
  parameters: Float32Array,
  history: readonly Interaction[],
  seed: number,
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
  const wanted = new Set(task.privacy.metrics?.map(({ name }) => name));
  const asksForValue = wanted.has("ips") || wanted.has("ips-weight");
  return (parameters, history, seed) => {
    const options = { model, parameters, random: seededRandom(seed) };
    // Before training: the received model has not been fitted to this history yet.
    const hitRate = wanted.has("hit-rate") ? heldOutHit({ ...options, history }) : undefined;
    const logged = asksForValue ? finish(loggedValue({ ...options, history })) : undefined;
    const transitions = trajectories(task, catalogue, history);
    stopwatch.lap("trajectories");
    if (transitions.length < task.learning.minimumInteractions || catalogue.size < 2) return undefined;
    const trained = finish(trainOnTransitions(options, transitions));
    const update = trained.parameters;
    for (let i = 0; i < update.length; i++) update[i] = (update[i] ?? 0) - (parameters[i] ?? 0);
    stopwatch.lap("training");
    const { loss, meanReward: reward } = trained;
    const valued = { ips: logged?.reward, "ips-weight": logged?.impressions };
    return { update, loss, reward, measured: { loss, reward, "hit-rate": hitRate, ...valued } };
  };
}
