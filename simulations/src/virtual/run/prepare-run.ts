import { TaskRefusedError } from "@tacit/server";
import { type Catalogue, planAggregation } from "@tacit/shared";
import type { DatasetFormat } from "../../datasets/read-dataset.js";
import { taskCatalogue } from "../../datasets/task-catalogue.js";
import { PROGRAM_VERSION } from "../../program-version.js";
import { RefusedError } from "../../refused-error.js";
import type { ClockSpec } from "../clock/clock-spec.js";
import type { PopulationSource } from "../crew/thread-crew.js";
import type { Path } from "../round/round-spec.js";
import { type OpenSource, openDataset, openFilms } from "./open-source.js";
import { type CohortOptions, runChoices } from "./run-choices.js";
import type { RunSpec } from "./run-spec.js";

export interface RunOptions extends CohortOptions {
  /** "movies", or the path of a data set. */
  readonly source: string;
  readonly format: DatasetFormat;
  /** Of a data set at most. */
  readonly clients: number;
  readonly interactions: number;
  readonly implicit: boolean;
  readonly itemIds: boolean;
  readonly validation: boolean;
  readonly newItems: number;
  readonly replicas: number;
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
 * @param dataset the one of these options, where it has been opened before.
 * @throws RefusedError, TaskRefusedError for options that do not go together.
 */
export async function prepareRun(options: RunOptions, dataset?: OpenSource): Promise<PreparedRun> {
  const { clock, path, seed, engine, source: name, clients: most } = options;
  const source =
    name === "movies"
      ? openFilms(options.clients, options.interactions, seed)
      : (dataset ?? (await openDataset(name, { ...options, most })));
  const choices = runChoices(options, clock, source.clients);
  const { standsFor = 1 } = choices;
  const task = source.task(choices);
  if (path === "protocol") {
    const aggregated = planAggregation(task);
    if (!aggregated.ok) throw new TaskRefusedError([aggregated]);
  }
  const catalogue = taskCatalogue(task, source.items, source.relations);
  const population = source.population(catalogue);
  if (standsFor > 1 && path === "protocol") {
    throw new RefusedError(
      "--noise-cohort: by the protocol every client makes its own share of the noise; --path fast",
    );
  }
  const spec = {
    population: population.spec,
    task,
    private: options.privacy !== false,
    path,
    ...(standsFor > 1 && { standsFor }),
    clock,
    seed,
    engine,
    program: PROGRAM_VERSION,
  };
  return { spec, catalogue, population: population.source };
}
