import { mkdtemp } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { between, strictCommand, whole } from "@tacit/server/command-line";
import { PRIVACY_MODES, type PrivacyMode, type TaskSpec } from "@tacit/shared";
import { type Command, Option } from "commander";
import { formatOption } from "./datasets/format-option.js";
import { type DatasetFormat, readDataset } from "./datasets/read-dataset.js";
import { reportLines } from "./datasets/report-lines.js";
import { datasetReplay, replayClients } from "./environments/dataset-replay.js";
import type { Environment } from "./environments/environment.js";
import { moviesEnvironment } from "./environments/movies.js";
import type { EngineChoice } from "./population/engine-choice.js";
import { engineOption } from "./population/engine-option.js";
import { barProgress } from "./progress/bar-progress.js";
import { lineProgress } from "./progress/line-progress.js";
import { RefusedError } from "./refused-error.js";
import { jsonResult } from "./report/json-result.js";
import { textPrivacy, textTable } from "./report/text-table.js";
import { writeReport } from "./report/write-report.js";
import { runSimulation } from "./run/run-simulation.js";
import { say } from "./say.js";
import { supervise } from "./supervise.js";
import { datasetTask } from "./task-defaults/dataset-task.js";
import { MOVIES_CLIENTS, moviesTask } from "./task-defaults/movies-task.js";
import { RANKING_ROUNDS } from "./task-defaults/ranking-fields.js";
import { parseSetting, type TaskOverrides } from "./task-defaults/task-overrides.js";
import { heardLines } from "./virtual/run/heard-text.js";

interface StartOptions {
  readonly clients?: number;
  readonly rounds?: number;
  readonly seed: number;
  readonly seeds: number;
  readonly epsilon: number;
  readonly privacy: PrivacyMode;
  /** `privacy.metrics` of the task, as JSON. */
  readonly metrics?: string;
  readonly engine: EngineChoice;
  readonly dataset?: string;
  readonly format: DatasetFormat;
  readonly data?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const FEWEST_CLIENTS = 3;
const FIRST_EVALUATION_SEED = 101;

/** `tacit-sim start`: one federation from beginning to end. */
export function startCommand(): Command {
  return strictCommand("start")
    .description("Federate a population of real clients over real sockets, and compare what it learned.")
    .option(
      "-c, --clients <number>",
      "clients; of a data set, the first so many users",
      whole("--clients", FEWEST_CLIENTS, 100_000),
    )
    .option("-r, --rounds <number>", "rounds", whole("--rounds", 1, 1000))
    .option(
      "-e, --epsilon <number>",
      "privacy budget of the whole run, against the released models (local: against the coordinator)",
      between("--epsilon", 0.01, 1000),
      10,
    )
    .addOption(
      new Option(
        "--privacy <mode>",
        "who makes the noise: the cohort together, each client its own, the coordinator",
      )
        .choices(PRIVACY_MODES)
        .default("distributed"),
    )
    .option("--dataset <path>", "a data set's folder or interactions file; every user becomes one client")
    .addOption(formatOption())
    .option(
      "--seed <number>",
      "of the population, its training and the model",
      whole("--seed", 0, 1_000_000),
      1,
    )
    .option(
      "--seeds <number>",
      "draws of the 99 candidates beside each held-out item",
      whole("--seeds", 1, 100),
      3,
    )
    .option("--metrics <json>", "that the cohorts' sums tell beside the model: privacy.metrics of the task")
    .addOption(engineOption())
    .option("-d, --data <folder>", "folder of the coordinator's database; in memory when left out")
    .option("-o, --out <folder>", "folder of report and model; a temporary one when left out")
    .option("--json", "print one JSON object instead of the table")
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim start
  $ tacit-sim start --clients 1000 --epsilon 4
  $ tacit-sim start --dataset ml-100k --format movielens --json
  $ tacit-sim start --metrics '[{"name":"hit-rate"},{"name":"loss","maximum":9}]'
  $ tacit-sim start --dataset events.csv --format csv     (user_id,item_id,event,value,timestamp)

Every client trains on its own history only and sends clipped, noised updates. Ctrl-C stops cleanly.

Exit codes: 0 done, 1 failed or refused, 2 bad parameters, 130 stopped by Ctrl-C.`,
    )
    .action((options: StartOptions) => supervise((signal) => start(options, signal)));
}

async function start(options: StartOptions, signal: AbortSignal): Promise<void> {
  const { environment, task } = options.dataset
    ? await replayed({ ...options, dataset: options.dataset })
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
  const heard = result.heard ? `${heardLines(result.heard).join("\n")}\n\n` : "";
  process.stdout.write(
    `\n${textTable(result)}\n\n${textPrivacy(result)}\n\n${heard}report  ${html}\nmodel   ${model}\n`,
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
  metrics,
}: StartOptions): Prepared {
  const environment = moviesEnvironment({ clients, seed });
  const overrides = metricsOf(metrics);
  return { environment, task: moviesTask(environment, { rounds, seed, mode, epsilon, overrides }) };
}

async function replayed(options: StartOptions & { readonly dataset: string }): Promise<Prepared> {
  const { rounds = RANKING_ROUNDS, clients: most = Number.POSITIVE_INFINITY } = options;
  const { seed, privacy: mode, epsilon } = options;
  const read = await readDataset(options.dataset, options.format);
  if (!read.ok) throw new RefusedError(read.message);
  const { dataset } = read;
  for (const line of reportLines(dataset.report)) say(line);
  const clients = replayClients(dataset, most);
  if (clients.length < FEWEST_CLIENTS) {
    const message = `${options.dataset}: ${clients.length} users with at least two items, ${FEWEST_CLIENTS} are needed`;
    throw new RefusedError(message);
  }
  const overrides = metricsOf(options.metrics);
  const task = datasetTask(dataset, { clients: clients.length, rounds, seed, mode, epsilon, overrides });
  return { environment: datasetReplay(dataset, clients, task), task };
}

const metricsOf = (json: string | undefined): TaskOverrides =>
  json === undefined ? {} : parseSetting(`privacy.metrics=${json}`);
