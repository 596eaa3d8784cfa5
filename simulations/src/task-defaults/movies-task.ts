import type { TaskSpec } from "@tacit/shared";
import type { Environment } from "../environments/environment.js";
import { SLATE_LENGTH } from "../environments/film-log.js";
import { RANKING_FIELDS } from "./ranking-fields.js";
import { type RunChoices, simulationTask } from "./simulation-task.js";

export const MOVIES_CLIENTS = 500;

/** The task of `npm start`. */
export function moviesTask(
  { features, clients }: Pick<Environment, "features"> & { readonly clients: { readonly length: number } },
  choices: RunChoices,
): TaskSpec {
  return simulationTask({
    name: "movies",
    features,
    clients: clients.length,
    choices,
    ...RANKING_FIELDS,
    learning: { ...RANKING_FIELDS.learning, slateLength: SLATE_LENGTH },
  });
}
