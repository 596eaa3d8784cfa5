import { type Catalogue, createTaskModel, type Engine, type TaskModel } from "@tacit/shared";
import type { TrainedModel } from "../trained-model/trained-model.js";

/** A network with one set of parameters. */
export interface Ranker {
  readonly model: TaskModel;
  readonly parameters: Float32Array;
}

/** A trained model over the items that it ranks. */
export const rankerOf = (
  { task, parameters }: TrainedModel,
  catalogue: Catalogue,
  engine: Engine,
): Ranker => ({ model: createTaskModel({ task, catalogue, engine }), parameters });
