import type { Item, TaskSpec } from "@tacit/shared";
import { type DatasetFormat, readDataset } from "../datasets/read-dataset.js";
import { replayClients } from "../environments/dataset-replay.js";
import type { EnvironmentClient } from "../environments/environment.js";
import { moviesEnvironment } from "../environments/movies.js";
import { missingFeature } from "./missing-feature.js";
import type { SwarmClient } from "./swarm-messages.js";

export interface SwarmChoices {
  readonly clients: number;
  readonly dataset?: string;
  readonly format: DatasetFormat;
  /** Seconds over which the clients join, evenly. */
  readonly ramp: number;
  readonly seed: number;
}

export type SwarmPopulation =
  | { readonly ok: true; readonly items: readonly Item[]; readonly clients: readonly SwarmClient[] }
  | { readonly ok: false; readonly message: string };

/** People for a task that somebody else made: simulated ones, or the users of a data set, with items that fit it. */
export async function swarmClients(task: TaskSpec, choices: SwarmChoices): Promise<SwarmPopulation> {
  const people = await peopleOf(choices);
  if (!people.ok) return people;
  const { items, clients } = people;
  if (clients.length < choices.clients) {
    const message = `${choices.dataset}: ${clients.length} users with at least two items, not ${choices.clients}`;
    return { ok: false, message };
  }
  const missing = missingFeature(task.catalogue.features, items);
  if (missing !== undefined) {
    const source = choices.dataset ?? "the simulated films";
    return { ok: false, message: `${source} cannot be recommended in the task "${task.name}": ${missing}` };
  }
  const { ramp, seed } = choices;
  return {
    ok: true,
    items,
    clients: clients.map(({ id, history }, i) => ({
      id,
      history,
      seed: seed * 1_000_003 + i,
      joinsAfter: (1000 * ramp * i) / clients.length,
    })),
  };
}

type People =
  | { readonly ok: true; readonly items: readonly Item[]; readonly clients: readonly EnvironmentClient[] }
  | { readonly ok: false; readonly message: string };

async function peopleOf({ clients, dataset, format, seed }: SwarmChoices): Promise<People> {
  if (dataset === undefined) return { ok: true, ...moviesEnvironment({ clients, seed }) };
  const read = await readDataset(dataset, format);
  if (!read.ok) return read;
  return { ok: true, items: read.dataset.items, clients: replayClients(read.dataset, clients) };
}
