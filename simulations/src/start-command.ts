import { mkdtemp } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { PrivacyMode, TaskSpec } from "@tacit/shared";
import type { DatasetReport } from "./datasets/dataset.js";
import { type DatasetFormat, readDataset } from "./datasets/read-dataset.js";
import { datasetReplay, replayClients } from "./environments/dataset-replay.js";
import type { Environment } from "./environments/environment.js";
import { moviesEnvironment } from "./environments/movies.js";
import type { EngineChoice } from "./population/engine-choice.js";
import { barProgress } from "./progress/bar-progress.js";
import { lineProgress } from "./progress/line-progress.js";
import { jsonResult } from "./report/json-result.js";
import { textPrivacy, textTable } from "./report/text-table.js";
import { writeReport } from "./report/write-report.js";
import { runSimulation } from "./run/run-simulation.js";
import { datasetTask } from "./task-defaults/dataset-task.js";
import { MOVIES_CLIENTS, moviesTask } from "./task-defaults/movies-task.js";
import { RANKING_ROUNDS } from "./task-defaults/ranking-fields.js";

export interface StartOptions {
  readonly clients?: number;
  readonly rounds?: number;
  readonly seed: number;
  readonly seeds: number;
  readonly epsilon: number;
  readonly privacy: PrivacyMode;
  readonly engine: EngineChoice;
  readonly dataset?: string;
  readonly format: DatasetFormat;
  readonly data?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** What is wrong with the options or the data, in words for the user. */
export class StartRefusedError extends Error {
  override readonly name = "StartRefusedError";
}

const FEWEST_CLIENTS = 3;
const LISTED_BAD_ROWS = 5;
const FIRST_EVALUATION_SEED = 101;

/** `tacit-sim start`: one federation from beginning to end. */
export async function start(options: StartOptions, signal: AbortSignal): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { environment, task } = options.dataset
    ? await replayed({ ...options, dataset: options.dataset }, say)
    : simulated(options);
  const progress = process.stderr.isTTY ? barProgress() : lineProgress(say);
  const result = await runSimulation({
    environment,
    task,
    engine: options.engine,
    workers: availableParallelism(),
    seed: options.seed,
    evaluationSeeds: Array.from({ length: options.seeds }, (_, i) => FIRST_EVALUATION_SEED + i),
    data: options.data,
    progress,
    signal,
  });
  const folder = options.out ?? options.data ?? (await mkdtemp(join(tmpdir(), "tacit-")));
  const { html, model } = await writeReport(folder, result);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(jsonResult(result))}\n`);
    return;
  }
  process.stdout.write(
    `\n${textTable(result)}\n\n${textPrivacy(result)}\n\nreport  ${html}\nmodel   ${model}\n`,
  );
}

interface Prepared {
  readonly environment: Environment;
  readonly task: TaskSpec;
}

function simulated({
  clients = MOVIES_CLIENTS,
  rounds = RANKING_ROUNDS,
  seed,
  privacy: mode,
  epsilon,
}: StartOptions): Prepared {
  const environment = moviesEnvironment({ clients, seed });
  return { environment, task: moviesTask(environment, { rounds, seed, mode, epsilon }) };
}

async function replayed(
  options: StartOptions & { readonly dataset: string },
  say: (line: string) => void,
): Promise<Prepared> {
  const { rounds = RANKING_ROUNDS, clients: most = Number.POSITIVE_INFINITY } = options;
  const { seed, privacy: mode, epsilon } = options;
  const read = await readDataset(options.dataset, options.format);
  if (!read.ok) throw new StartRefusedError(read.message);
  const { dataset } = read;
  for (const line of describe(dataset.report)) say(line);
  const clients = replayClients(dataset, most);
  if (clients.length < FEWEST_CLIENTS) {
    const message = `${options.dataset}: ${clients.length} users with at least two items, ${FEWEST_CLIENTS} are needed`;
    throw new StartRefusedError(message);
  }
  const task = datasetTask(dataset, { clients: clients.length, rounds, seed, mode, epsilon });
  return { environment: datasetReplay(dataset, clients, task), task };
}

function describe({
  files,
  rows,
  duplicates,
  badRows,
  badRowList,
  itemsWithoutFeatures,
}: DatasetReport): string[] {
  const counts = `${files.join(", ")}: ${rows} rows, ${duplicates} duplicates dropped, ${badRows} bad rows`;
  const bare = itemsWithoutFeatures > 0 ? [`${itemsWithoutFeatures} items have no features`] : [];
  const bad = badRowList
    .slice(0, LISTED_BAD_ROWS)
    .map(({ file, line, problem }) => `  ${file} line ${line}: ${problem}`);
  return [counts, ...bare, ...bad];
}
