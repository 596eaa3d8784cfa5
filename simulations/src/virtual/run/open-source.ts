import { createHash } from "node:crypto";
import type { Catalogue, Item, Relation, TaskSpec } from "@tacit/shared";
import { implicitFeedback } from "../../datasets/implicit-feedback.js";
import { itemIds } from "../../datasets/item-ids.js";
import { newItems } from "../../datasets/new-items.js";
import { type DatasetFormat, readDataset } from "../../datasets/read-dataset.js";
import { reportLines } from "../../datasets/report-lines.js";
import { validation } from "../../datasets/validation.js";
import { replayClients } from "../../environments/dataset-replay.js";
import { filmCatalogueFeatures, filmItem, readFilms } from "../../environments/films.js";
import { RefusedError } from "../../refused-error.js";
import { say } from "../../say.js";
import { datasetTask } from "../../task-defaults/dataset-task.js";
import { moviesTask } from "../../task-defaults/movies-task.js";
import type { RunChoices } from "../../task-defaults/simulation-task.js";
import type { HistoryColumns } from "../columns/history-columns.js";
import { packPopulation } from "../columns/pack-population.js";
import type { Population } from "../columns/population.js";
import type { PopulationSource } from "../crew/thread-crew.js";
import type { PopulationSpec } from "./run-spec.js";

/** Where virtual clients come from, opened. */
export interface OpenSource {
  readonly clients: number;
  readonly items: readonly Item[];
  readonly relations?: readonly Relation[];
  task(choices: RunChoices): TaskSpec;
  /** The clients, and how they are described to whoever is to have the same. */
  population(catalogue: Catalogue): { readonly source: PopulationSource; readonly spec: PopulationSpec };
}

/** So many people of the film population, yet to be made. */
export function openFilms(clients: number, interactions: number, seed: number): OpenSource {
  const films = readFilms();
  const features = filmCatalogueFeatures(films);
  return {
    clients,
    items: films.map(filmItem),
    task: (choices) => moviesTask({ features, clients: { length: clients } }, choices),
    population: () => ({
      source: { kind: "films", clients, people: { seed, interactions } },
      spec: { kind: "movies", clients, interactions },
    }),
  };
}

/** How a data set becomes clients. */
export interface DatasetOptions {
  readonly format: DatasetFormat;
  /** Users at most. */
  readonly most: number;
  /** Every rating counts as a choice. */
  readonly implicit: boolean;
  /** Items have their ids among their features. */
  readonly itemIds: boolean;
  /** The items before the latest are held out, which nobody has seen. */
  readonly validation: boolean;
  /** Share of items that nobody has tried before. */
  readonly newItems: number;
  /** So many clients do what one user did, each with coins of its own. */
  readonly replicas: number;
}

/** A cohort has two. */
const FEWEST_CLIENTS = 2;

/**
 * The first `most` users of a data set that can be replayed. Says what was read of it, and which rows were bad.
 * @throws RefusedError where it cannot be read, or hardly anybody in it can be replayed.
 */
export async function openDataset(path: string, options: DatasetOptions): Promise<OpenSource> {
  const { most, replicas, format, implicit, newItems: share } = options;
  const reading = {
    format,
    implicit,
    itemIds: options.itemIds,
    // Left out of runs that report, which keep the names they had.
    ...(options.validation && { validation: true as const }),
    newItems: share,
  };
  const read = await readDataset(path, format);
  if (!read.ok) throw new RefusedError(read.message);
  for (const line of reportLines(read.dataset.report)) say(line);
  const known = options.validation ? validation(read.dataset) : read.dataset;
  const seen = implicit ? implicitFeedback(known) : known;
  const named = options.itemIds ? itemIds(seen) : seen;
  const dataset = share > 0 ? newItems(named, share) : named;
  const users = replayClients(dataset, most);
  const people = Array.from({ length: replicas }, () => users).flat();
  const clients = people.length;
  if (clients < FEWEST_CLIENTS) {
    throw new RefusedError(
      `${path}: ${users.length} users with at least two items, ${FEWEST_CLIENTS} are needed`,
    );
  }
  // Columns hold rows of the catalogue, whose items are the data set's whatever a task says of them.
  let population: Population | undefined;
  return {
    clients,
    items: dataset.items,
    relations: dataset.relations,
    task: (choices) => datasetTask(dataset, { ...choices, clients }),
    population(catalogue) {
      population ??= packPopulation(people, catalogue);
      const digest = digestOf(population.parts, catalogue);
      return {
        source: { kind: "packed", population },
        spec: { kind: "dataset", path, ...reading, replicas, clients, digest },
      };
    },
  };
}

function digestOf(parts: readonly HistoryColumns[], { ids, features, neighbours = [] }: Catalogue): string {
  const hash = createHash("sha256").update(JSON.stringify(ids));
  hash.update(new Uint8Array(features.buffer, features.byteOffset, features.byteLength));
  for (const { starts, columns, values } of neighbours) {
    for (const column of [starts, columns, values]) hash.update(new Uint8Array(column.buffer));
  }
  for (const { offsets, items, kinds, times, timeScale, values, valueCodes } of parts) {
    hash.update(JSON.stringify([timeScale, valueCodes]));
    for (const column of [offsets, items, kinds, times, values]) {
      if (column) hash.update(new Uint8Array(column.buffer));
    }
  }
  return hash.digest("hex");
}
