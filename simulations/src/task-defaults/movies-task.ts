import type { TaskSpec } from "@tacit/shared";
import type { Environment } from "../environments/environment.js";
import { FED_SGD } from "./fed-sgd.js";
import { type RunChoices, simulationTask } from "./simulation-task.js";

export const MOVIES_CLIENTS = 500;
export const MOVIES_ROUNDS = 12;

/** The task of `npm start`: a small model and few rounds, since noise is paid in √d and in participations. */
export function moviesTask(
  { features, clients }: Pick<Environment, "features"> & { readonly clients: { readonly length: number } },
  choices: RunChoices,
): TaskSpec {
  return simulationTask({
    name: "movies",
    features,
    clients: clients.length,
    choices,
    model: { embedding: 16, hidden: 8, historyLength: 10, halfLifeDays: 30 },
    learning: { ...FED_SGD.learning, candidates: 31, minimumInteractions: 1 },
    aggregation: { ...FED_SGD.aggregation, learningRate: 0.04 },
    clip: 1,
  });
}
