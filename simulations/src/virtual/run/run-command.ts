import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { between, positive, strictCommand, whole } from "@tacit/server/command-line";
import { PRIVACY_MODES, type PrivacyMode } from "@tacit/shared";
import { type Command, Option } from "commander";
import { DATASET_FORMATS, type DatasetFormat } from "../../datasets/read-dataset.js";
import { chooseEngine, ENGINES, type EngineChoice } from "../../population/engine-choice.js";
import { readOverrides } from "../../task-defaults/task-overrides.js";
import { AVAILABILITIES, type Availability } from "../clock/availability.js";
import { DEFAULT_INTERACTIONS, FEWEST_INTERACTIONS } from "../columns/columns-of-films.js";
import { ThreadCrew } from "../crew/thread-crew.js";
import { DatabaseCrew } from "../database/database-crew.js";
import { PATHS, type Path } from "../round/round-spec.js";
import { prepareRun } from "./prepare-run.js";
import { barRunProgress, lineRunProgress } from "./run-progress.js";
import { runProfile, runReport, runSummary, writeRun } from "./run-report.js";
import { runVirtual } from "./run-virtual.js";

interface RunCommandOptions {
  readonly clients: number;
  readonly cohort: number;
  readonly rounds: number;
  readonly interactions: number;
  readonly implicit?: boolean;
  readonly itemIds?: boolean;
  readonly replicas: number;
  readonly task?: string;
  readonly set?: readonly string[];
  readonly format: DatasetFormat;
  readonly seed: number;
  readonly workers: number | string;
  readonly engine: EngineChoice;
  readonly path: Path;
  readonly epsilon: number;
  readonly privacy: PrivacyMode | false;
  readonly participations?: number;
  readonly minimum?: number;
  readonly serverLearningRate?: number;
  readonly availability: Availability;
  readonly dropout: number;
  readonly stragglers: number;
  readonly overSelection: number;
  readonly deadline: number;
  readonly roundEvery: number;
  readonly evaluateEvery?: number;
  readonly checkpoint?: string;
  readonly checkpointEvery: number;
  readonly resume?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly profile?: boolean;
}

const LOOKS = 20;

/** `tacit-sim run`: a large population in virtual time. */
export function runCommand(
  supervise: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>,
): Command {
  return strictCommand("run")
    .description("Train with a large population of virtual clients, in virtual time and in this process.")
    .argument("[source]", "movies, or the path of a data set: every user becomes one client", "movies")
    .option("-c, --clients <number>", "clients; of a data set at most", whole("--clients", 2, 1e8), 10_000)
    .option("--cohort <number>", "clients in a round", whole("--cohort", 2, 100_000), 100)
    .option("-r, --rounds <number>", "model versions", whole("--rounds", 1, 1_000_000), 20)
    .option(
      "--interactions <number>",
      "mean length of a history of the movies, about",
      whole("--interactions", FEWEST_INTERACTIONS, 10_000),
      DEFAULT_INTERACTIONS,
    )
    .addOption(
      new Option("--format <format>", "of the data set").choices(DATASET_FORMATS).default("movielens"),
    )
    .option("--implicit", "every rating of the data set is a choice, whatever its stars")
    .option("--item-ids", "items of the data set have their ids among their features")
    .option(
      "--replicas <number>",
      "clients that do what one user of the data set did",
      whole("--replicas", 1, 100_000),
      1,
    )
    .option("--task <file>", "a task, or a part of one: takes the place of the built-in one's fields")
    .option("--set <field=value...>", "single fields of the task, such as model.embedding=8")
    .option("--seed <number>", "of population, clock, training and noise", whole("--seed", 0, 1_000_000), 1)
    .option(
      "-w, --workers <where>",
      "threads of this process, or postgres://… for processes anywhere (tacit-sim worker)",
      threadsOrUrl,
      availableParallelism(),
    )
    .addOption(new Option("--engine <engine>", "what computes the networks").choices(ENGINES).default("auto"))
    .addOption(
      new Option("--path <path>", "fast: noise is added once; protocol: secure aggregation among all members")
        .choices(PATHS)
        .default("fast"),
    )
    .option("-e, --epsilon <number>", "budget of the whole run", between("--epsilon", 0.01, 1000), 10)
    .addOption(
      new Option("--privacy <mode>", "who makes the noise").choices(PRIVACY_MODES).default("distributed"),
    )
    .option("--no-privacy", "no noise and no promise; updates are clipped all the same")
    .option(
      "--participations <number>",
      "of one client at most (default: what chance brings about)",
      whole("--participations", 1, 1_000_000),
    )
    .option(
      "--minimum <number>",
      "fewest updates in a sum (default: what all but a thousandth of the cohorts reach)",
      whole("--minimum", 2, 100_000),
    )
    .option(
      "--server-learning-rate <rate>",
      "of the coordinator's step (default: the task's 1.5, for a few rounds)",
      between("--server-learning-rate", 0.001, 1000),
    )
    .addOption(
      new Option("--availability <when>", "when clients can take part")
        .choices(AVAILABILITIES)
        .default("always"),
    )
    .option("--dropout <share>", "of a cohort's members, before the sum", between("--dropout", 0, 0.9), 0)
    .option(
      "--stragglers <spread>",
      "of the devices' slowness, in logarithm",
      between("--stragglers", 0, 3),
      0.5,
    )
    .option(
      "--over-selection <factor>",
      "invited for each place in a cohort",
      between("--over-selection", 1, 10),
      1.3,
    )
    .option("--deadline <seconds>", "of virtual time that a round waits", positive("--deadline"), 600)
    .option("--round-every <seconds>", "of virtual time at least", between("--round-every", 0, 1e7), 0)
    .option(
      "--evaluate-every <rounds>",
      "between two looks at HR@10 (default: 20 looks)",
      whole("--evaluate-every", 1, 1_000_000),
    )
    .option("--checkpoint <folder>", "keep what is needed to go on after a crash")
    .option("--checkpoint-every <rounds>", "between two", whole("--checkpoint-every", 1, 1_000_000), 5)
    .option("--resume", "go on from the checkpoint")
    .option("-o, --out <folder>", "folder of figures, model and task")
    .option("--json", "print one JSON object")
    .option("--profile", "say where the time went")
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim run --clients 100000 --cohort 200 --rounds 50
  $ tacit-sim run --clients 1000000 --interactions 20 --cohort 1000 --rounds 100 --profile
  $ tacit-sim run ml-1m --cohort 500 --rounds 100 --availability diurnal --dropout 0.1
  $ tacit-sim run ml-100k --implicit --item-ids --replicas 10 --set model.embedding=8 --set learning.localSteps=4
  $ tacit-sim run --checkpoint run-1 --resume
  $ tacit-sim run --clients 1000000 --workers postgres://user:password@host/database

The same options give the same model, bit for bit, on any number of workers.
Exit codes: 0 done, 1 failed, 2 bad parameters, 130 stopped by Ctrl-C.`,
    )
    .action((source: string, options: RunCommandOptions, command: Command) => {
      if (options.resume && options.checkpoint === undefined) {
        command.error("error: --resume: needs the folder of --checkpoint");
      }
      return supervise((signal) => run(source, options, signal));
    });
}

const threads = whole("--workers", 1, 1024);

function threadsOrUrl(value: string): number | string {
  return /^postgres(ql)?:\/\//.test(value) ? value : threads(value);
}

async function run(source: string, options: RunCommandOptions, signal: AbortSignal): Promise<void> {
  const { availability, dropout, stragglers: spread, overSelection, deadline: deadlineSeconds } = options;
  const { workers, checkpoint: folder, roundEvery: roundEverySeconds } = options;
  const engine = await chooseEngine(options.engine);
  const clock = { availability, dropout, spread, overSelection, deadlineSeconds, roundEverySeconds };
  const prepared = await prepareRun({
    ...options,
    source,
    implicit: options.implicit ?? false,
    itemIds: options.itemIds ?? false,
    overrides: await readOverrides(options.task, options.set),
    clock,
    engine: engine.name,
  });
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const result = await runVirtual({
    prepared,
    engine,
    startCrew: async (spec, crewOf) => {
      const { catalogue, population } = crewOf;
      const threads = typeof workers === "number" ? workers : availableParallelism();
      const local = await ThreadCrew.start({
        spec,
        catalogue,
        population,
        engine: options.engine,
        workers: threads,
      });
      if (typeof workers === "number") return local;
      await local.close();
      const { population: made } = local;
      return DatabaseCrew.start({ url: workers, spec, prepared: crewOf, population: made, say, signal });
    },
    evaluateEvery: options.evaluateEvery ?? Math.max(1, Math.round(prepared.spec.task.rounds / LOOKS)),
    checkpoint:
      folder === undefined
        ? undefined
        : { folder, every: options.checkpointEvery, resume: options.resume ?? false },
    signal,
    progress: process.stderr.isTTY ? barRunProgress(say) : lineRunProgress(say),
  });
  const report = runReport(result);
  if (options.out !== undefined) await writeRun(options.out, result, report);
  if (options.profile) for (const line of runProfile(report)) say(line);
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${runSummary(report).join("\n")}\n`);
}
