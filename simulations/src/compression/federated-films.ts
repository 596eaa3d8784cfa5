import type { ModelVersion } from "@tacit/server";
import {
  createCatalogue,
  createTaskModel,
  type Engine,
  planSealing,
  type TaskModel,
  type TaskSpec,
  updateLength,
  uploadBytes,
} from "@tacit/shared";
import { policyScorer } from "../baselines/policy-scorer.js";
import { moviesEnvironment } from "../environments/movies.js";
import { evaluate } from "../evaluation/evaluate.js";
import { moviesTask } from "../task-defaults/movies-task.js";
import type { TaskOverrides } from "../task-defaults/task-overrides.js";
import { federate } from "./federate.js";

const EVALUATION_SEED = 1;

export interface FederatedFilmsOptions {
  readonly clients: number;
  readonly rounds: number;
  /** Undefined: no noise. */
  readonly epsilon: number | undefined;
  readonly engine: Engine;
  readonly seed: number;
}

export interface FederatedFilms {
  readonly task: TaskSpec;
  readonly model: TaskModel;
  /** From version 0 on. */
  readonly versions: readonly ModelVersion[];
  /** Bytes that one client sends in one round, without those of secure aggregation. */
  readonly upload: number;
  /** HR@10 against 99 items, of this model or of another one of these films. */
  hitRate(parameters: Float32Array, ranking?: TaskModel): number;
}

/** A federation over the films' people, with some fields of its task replaced. */
export function federatedFilms(
  { clients, rounds, epsilon, engine, seed }: FederatedFilmsOptions,
  overrides: TaskOverrides,
): FederatedFilms {
  const environment = moviesEnvironment({ clients, seed });
  const task = moviesTask(environment, {
    rounds,
    seed,
    epsilon: epsilon ?? 1000,
    overrides,
  });
  const catalogue = createCatalogue(task.catalogue.features, environment.items);
  const model = createTaskModel({ task, catalogue, engine });
  const noise = epsilon !== undefined;
  const planned = planSealing(task, updateLength(task));
  if (!planned.ok) throw new Error(planned.message);
  return {
    task,
    model,
    versions: federate({ task, catalogue, clients: environment.clients, engine, seed, noise }),
    upload: uploadBytes(planned.plan.dimension, task.privacy.bits),
    hitRate: (parameters, ranking = model) =>
      evaluate(policyScorer(ranking, parameters), environment, catalogue, [EVALUATION_SEED]).metrics["hr@10"]
        .mean,
  };
}
