import type { TaskSpec } from "@tacit/shared";
import type { Environment } from "../environments/environment.js";
import { type RunChoices, simulationTask } from "./simulation-task.js";

export const MOVIES_CLIENTS = 500;
export const MOVIES_ROUNDS = 6;

/** The task of `npm start`: a small model and large local work, since noise is paid in √d and rounds. */
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
    learning: { localSteps: 6, batchSize: 16, learningRate: 0.02, candidates: 31, minimumInteractions: 1 },
    aggregation: { learningRate: 1.5 },
    clip: 1,
  });
}
