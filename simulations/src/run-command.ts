import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { between, strictCommand, whole } from "@tacit/server/command-line";
import { PRIVACY_MODES, type PrivacyMode } from "@tacit/shared";
import { type Command, Option } from "commander";
import { liveEnvironment } from "./environments/live-environments.js";
import { runLive } from "./experiment/run-live.js";
import { refuseForeign, refuseGiven, refuseNoise } from "./experiment/scenario-of.js";
import { type LiveCommandOptions, liveOptions } from "./live/live-options.js";
import { chooseEngine } from "./population/engine-choice.js";
import { say } from "./say.js";
import { supervise } from "./supervise.js";
import { refuseOwnBudget } from "./task-defaults/own-budget.js";
import { ThreadCrew } from "./virtual/crew/thread-crew.js";
import { DatabaseCrew } from "./virtual/database/database-crew.js";
import { PATHS, type Path } from "./virtual/round/round-spec.js";
import { FINAL_USERS } from "./virtual/run/final-ranking.js";
import { type PopulationOptions, populationOf, populationOptions } from "./virtual/run/population-options.js";
import { prepareRun } from "./virtual/run/prepare-run.js";
import { barRunProgress, lineRunProgress } from "./virtual/run/run-progress.js";
import { runProfile, runReport, runSummary, writeRun } from "./virtual/run/run-report.js";
import { runVirtual } from "./virtual/run/run-virtual.js";

interface RunCommandOptions extends PopulationOptions, LiveCommandOptions {
  readonly seed: number;
  readonly workers: number | string;
  readonly path: Path;
  readonly epsilon: number;
  readonly privacy: PrivacyMode | false;
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
export function runCommand(): Command {
  const command = strictCommand("run").description(
    "Train with a large population of virtual clients, in virtual time and in this process.",
  );
  return liveOptions(populationOptions(command))
    .option("--seed <number>", "of population, clock, training and noise", whole("--seed", 0, 1_000_000), 1)
    .option(
      "-w, --workers <where>",
      "threads of this process, or postgres://… for processes anywhere (tacit-sim worker)",
      threadsOrUrl,
      availableParallelism(),
    )
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
  $ tacit-sim run news --epsilon 4 --out news
  $ tacit-sim run --checkpoint run-1 --resume
  $ tacit-sim run --clients 1000000 --workers postgres://user:password@host/database

The same options give the same model, bit for bit, on any number of workers.
Exit codes: 0 done, 1 failed or refused, 2 bad parameters, 130 stopped by Ctrl-C.`,
    )
    .action((source: string, options: RunCommandOptions, command: Command) => {
      if (options.resume && options.checkpoint === undefined) {
        command.error("error: --resume: needs the folder of --checkpoint");
      }
      if (!liveEnvironment(source)) return supervise((signal) => run(source, options, command, signal));
      const { workers } = options;
      if (typeof workers === "string") command.error(`error: --workers: ${source} is played by threads`);
      return supervise((signal) => runLive(source, { ...options, workers }, command, signal));
    });
}

const threads = whole("--workers", 1, 1024);

function threadsOrUrl(value: string): number | string {
  return /^postgres(ql)?:\/\//.test(value) ? value : threads(value);
}

async function run(
  source: string,
  options: RunCommandOptions,
  command: Command,
  signal: AbortSignal,
): Promise<void> {
  refuseForeign(command, source);
  const { workers, checkpoint: folder, seed, epsilon, privacy, path } = options;
  if (privacy === false) refuseNoise(command);
  if (folder === undefined) refuseGiven(command, ["checkpointEvery"], "a run without --checkpoint");
  const engine = await chooseEngine(options.engine);
  const population = await populationOf(source, options);
  if (command.getOptionValueSource("epsilon") === "cli") refuseOwnBudget(population.overrides);
  const prepared = await prepareRun({ ...population, seed, epsilon, privacy, path, engine: engine.name });
  if (folder !== undefined) await mkdir(folder, { recursive: true });
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
    users: FINAL_USERS,
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
