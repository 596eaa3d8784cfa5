import { TaskRefusedError } from "@tacit/server";
import { PRIVACY_MODES } from "@tacit/shared";
import { Command, InvalidArgumentError, Option } from "commander";
import { attackCommand } from "./attack/attack-command.js";
import { auditCommand } from "./audit/audit-command.js";
import { compressionCommand } from "./compression/compression-command.js";
import { DATASET_FORMATS } from "./datasets/read-dataset.js";
import { encodersCommand } from "./encoders/encoders-command.js";
import { compareCommand } from "./experiment/compare-command.js";
import { sweepCommand } from "./experiment/sweep-command.js";
import { explanationsCommand } from "./explanations/explanations-command.js";
import { explorationCommand } from "./exploration/exploration-command.js";
import { objectivesCommand } from "./objectives/objectives-command.js";
import { evaluateCommand } from "./off-policy/evaluate-command.js";
import { ENGINES } from "./population/engine-choice.js";
import { PROGRAM_VERSION } from "./program-version.js";
import { rewardsCommand } from "./rewards/rewards-command.js";
import { runCommand } from "./run-command.js";
import { type StartOptions, StartRefusedError, start } from "./start-command.js";
import { swarmCommand } from "./swarm/swarm-command.js";
import { BadOverrideError } from "./task-defaults/task-overrides.js";
import { EXIT_FAILED, EXIT_INTERRUPTED, untilStopped } from "./until-stopped.js";
import { workerCommand } from "./virtual/database/worker-command.js";
import { RunRefusedError } from "./virtual/run/run-refused-error.js";

const program = new Command("tacit-sim")
  .description("Simulated populations of Tacit clients: what will privacy cost?")
  .version(PROGRAM_VERSION)
  .enablePositionalOptions()
  .showHelpAfterError("(tacit-sim start --help lists the options)");

program
  .command("start")
  .description("Federate a population of real clients over real sockets, and compare what it learned.")
  .option("-c, --clients <number>", "clients; of a data set, the first so many users", whole(3, 100_000))
  .option("-r, --rounds <number>", "rounds", whole(1, 1000))
  .option(
    "-e, --epsilon <number>",
    "privacy budget of the whole run, against the released models (local: against the coordinator)",
    positive,
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
  .addOption(new Option("--format <format>", "of the data set").choices(DATASET_FORMATS).default("movielens"))
  .option("--seed <number>", "of the population, its training and the model", whole(0, 1_000_000), 1)
  .option("--seeds <number>", "draws of the 99 candidates beside each held-out item", whole(1, 100), 3)
  .addOption(new Option("--engine <engine>", "what computes the networks").choices(ENGINES).default("auto"))
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
  $ tacit-sim start --dataset events.csv --format csv     (user_id,item_id,event,value,timestamp)

Every client trains on its own history only and sends clipped, noised updates. Ctrl-C stops cleanly.

Exit codes: 0 done, 1 failed, 130 stopped by Ctrl-C.`,
  )
  .action((options: StartOptions) => supervise((signal) => start(options, signal)));

program.addCommand(runCommand(supervise));
program.addCommand(compareCommand(supervise));
program.addCommand(sweepCommand(supervise));
program.addCommand(workerCommand(supervise));
program.addCommand(attackCommand());
program.addCommand(auditCommand());
program.addCommand(encodersCommand());
program.addCommand(explorationCommand());
program.addCommand(compressionCommand());
program.addCommand(explanationsCommand());
program.addCommand(objectivesCommand());
program.addCommand(rewardsCommand());
program.addCommand(swarmCommand());
program.addCommand(evaluateCommand(supervise));
await program.parseAsync();

/** Stops cleanly on Ctrl-C, and says in one line what went wrong. */
async function supervise(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  await untilStopped(async (signal) => {
    try {
      await work(signal);
    } catch (error) {
      process.exitCode = signal.aborted ? EXIT_INTERRUPTED : EXIT_FAILED;
      process.stderr.write(signal.aborted ? "stopped\n" : `tacit-sim: ${describe(error)}\n`);
    }
  });
}

function describe(error: unknown): string {
  if (
    error instanceof StartRefusedError ||
    error instanceof RunRefusedError ||
    error instanceof BadOverrideError
  )
    return error.message;
  if (error instanceof TaskRefusedError) {
    return error.problems.map(({ field, message }) => `${field}: ${message}`).join("; ");
  }
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`;
}

function whole(minimum: number, maximum: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < minimum || number > maximum) {
      throw new InvalidArgumentError(`a whole number from ${minimum} to ${maximum}`);
    }
    return number;
  };
}

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 1000)) throw new InvalidArgumentError("a number above 0, at most 1000");
  return number;
}
