import { createHash } from "node:crypto";
import { TaskRefusedError } from "@tacit/server";
import { type Catalogue, createCatalogue, type Item, planAggregation, type TaskSpec } from "@tacit/shared";
import { type DatasetFormat, readDataset } from "../../datasets/read-dataset.js";
import { replayClients } from "../../environments/dataset-replay.js";
import { filmCatalogueFeatures, filmItem, readFilms } from "../../environments/films.js";
import { datasetTask } from "../../task-defaults/dataset-task.js";
import { moviesTask } from "../../task-defaults/movies-task.js";
import type { RunChoices } from "../../task-defaults/simulation-task.js";
import type { ClockSpec } from "../clock/clock-spec.js";
import type { HistoryColumns } from "../columns/history-columns.js";
import { packClients } from "../columns/pack-clients.js";
import { PART_CLIENTS, type Population } from "../columns/population.js";
import type { PopulationSource } from "../crew/thread-crew.js";
import type { Path } from "../round/round-spec.js";
import { type CohortOptions, runChoices } from "./run-choices.js";
import { RunRefusedError } from "./run-refused-error.js";
import type { PopulationSpec, RunSpec } from "./run-spec.js";

export interface RunOptions extends CohortOptions {
  /** "movies", or the path of a data set. */
  readonly source: string;
  readonly format: DatasetFormat;
  /** Of a data set at most. */
  readonly clients: number;
  readonly interactions: number;
  readonly clock: ClockSpec;
  readonly path: Path;
  readonly engine: string;
}

/** A run as it is described, and what its crew starts with. */
export interface PreparedRun {
  readonly spec: RunSpec;
  readonly catalogue: Catalogue;
  readonly population: PopulationSource;
}

/**
 * Reads the data, and plans the task's cohorts and its noise.
 * @throws RunRefusedError, TaskRefusedError for options that do not go together.
 */
export async function prepareRun(options: RunOptions): Promise<PreparedRun> {
  return options.source === "movies" ? preparedFilms(options) : preparedDataset(options);
}

function preparedFilms(options: RunOptions): PreparedRun {
  const { clients, interactions, seed } = options;
  const films = readFilms();
  const features = filmCatalogueFeatures(films);
  const choices = runChoices(options, options.clock, clients);
  const task = moviesTask({ features, clients: { length: clients } }, choices);
  return prepared(
    options,
    task,
    films.map(filmItem),
    { kind: "movies", clients, interactions },
    { kind: "films", clients, people: { seed, interactions } },
  );
}

async function preparedDataset(options: RunOptions): Promise<PreparedRun> {
  const { source: path, format, clients: most } = options;
  const read = await readDataset(path, format);
  if (!read.ok) throw new RunRefusedError(read.message);
  const { dataset } = read;
  const people = replayClients(dataset, most);
  const clients = people.length;
  const choices: RunChoices = runChoices(options, options.clock, clients);
  const task = datasetTask(dataset, { ...choices, clients });
  const catalogue = createCatalogue(task.catalogue.features, dataset.items);
  const parts: HistoryColumns[] = [];
  for (let first = 0; first < clients; first += PART_CLIENTS) {
    parts.push(packClients(people.slice(first, first + PART_CLIENTS), catalogue, first));
  }
  const population = { clients, parts };
  return prepared(
    options,
    task,
    dataset.items,
    { kind: "dataset", path, format, clients, digest: digestOf(population) },
    { kind: "packed", population },
  );
}

function prepared(
  options: RunOptions,
  task: TaskSpec,
  items: readonly Item[],
  population: PopulationSpec,
  source: PopulationSource,
): PreparedRun {
  const { path, clock, seed, engine } = options;
  if (path === "protocol") {
    const aggregated = planAggregation(task);
    if (!aggregated.ok) throw new TaskRefusedError([aggregated]);
  }
  return {
    spec: { population, task, private: options.privacy !== false, path, clock, seed, engine },
    catalogue: createCatalogue(task.catalogue.features, items),
    population: source,
  };
}

function digestOf({ parts }: Population): string {
  const hash = createHash("sha256");
  for (const { offsets, items, kinds, times, timeScale, values, valueCodes } of parts) {
    hash.update(JSON.stringify([timeScale, valueCodes]));
    for (const column of [offsets, items, kinds, times, values]) {
      if (column) hash.update(new Uint8Array(column.buffer));
    }
  }
  return hash.digest("hex");
}
