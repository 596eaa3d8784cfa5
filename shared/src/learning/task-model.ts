import type { Catalogue } from "../catalogue/catalogue.js";
import type { CompiledNetwork, Engine } from "../network/engine.js";
import { type NetworkShape, networkShape } from "../network/network-shape.js";
import type { Optimiser } from "../network/optimisers/optimiser.js";
import { type RecommenderNetwork, recommenderNetwork } from "../network/recommender-network.js";
import { type TrainingNetwork, trainingNetwork } from "../network/training-network.js";
import type { TaskSpec } from "../task/task-spec.js";
import { type ViewedCatalogue, viewedCatalogue, viewShapes } from "./item-views.js";
import { optimiserOf } from "./optimiser-of.js";

export interface Compiled<N> {
  readonly network: N;
  readonly compiled: CompiledNetwork;
}

/** A task's networks over one catalogue on one engine, compiled once; whoever uses one loads parameters first. */
export interface TaskModel {
  readonly task: TaskSpec;
  readonly shape: NetworkShape;
  readonly catalogue: ViewedCatalogue;
  readonly engine: Engine;
  /** Ranks, in passes of at most {@link SCORING_CAPACITY}. */
  scoring(): Compiled<RecommenderNetwork>;
  /** As large a pass as one of training, by the parameters that it began with. */
  target(): Compiled<RecommenderNetwork>;
  /** How many items of the catalogue one sampled candidate stands for. */
  readonly itemsPerNegative: number;
  /** Learns, one batch a pass. */
  training(): Compiled<TrainingNetwork>;
}

export const SCORING_CAPACITY = { states: 1, candidates: 1024 } as const;

interface TaskModelOptions extends Pick<TaskModel, "task" | "engine"> {
  readonly catalogue: Catalogue;
}

/** Nothing is compiled before it is used. */
export function createTaskModel({ task, engine, ...options }: TaskModelOptions): TaskModel {
  const catalogue = viewedCatalogue(task, options.catalogue);
  const { batchSize, candidates } = task.learning;
  const shape = { ...networkShape(task), views: viewShapes(catalogue) };
  const itemsPerNegative = Math.max(1, catalogue.size - 1) / candidates;
  const capacity = { states: batchSize, candidates: batchSize * (1 + candidates) };
  let scoring: Compiled<RecommenderNetwork> | undefined;
  let target: Compiled<RecommenderNetwork> | undefined;
  let training: Compiled<TrainingNetwork> | undefined;
  return {
    task,
    shape,
    catalogue,
    engine,
    itemsPerNegative,
    scoring() {
      scoring ??= compile(engine, recommenderNetwork(shape), SCORING_CAPACITY);
      return scoring;
    },
    target() {
      target ??= compile(engine, recommenderNetwork(shape), capacity);
      return target;
    },
    training() {
      training ??= compile(engine, trainingNetwork(shape, itemsPerNegative), capacity, optimiserOf(task));
      return training;
    },
  };
}

const compile = <N extends RecommenderNetwork>(
  engine: Engine,
  network: N,
  capacity: CompiledNetwork["capacity"],
  optimiser?: Optimiser,
): Compiled<N> => ({ network, compiled: engine.compile(network, capacity, optimiser) });
