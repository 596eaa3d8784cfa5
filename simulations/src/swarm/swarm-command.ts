import { availableParallelism } from "node:os";
import { between, strictCommand, whole } from "@tacit/server/command-line";
import { type Command, Option } from "commander";
import { formatOption } from "../datasets/format-option.js";
import type { EngineChoice } from "../population/engine-choice.js";
import { engineOption } from "../population/engine-option.js";
import { say } from "../say.js";
import { EXIT_FAILED, EXIT_INTERRUPTED, untilStopped } from "../until-stopped.js";
import { runSwarm } from "./swarm.js";
import { type SwarmChoices, swarmClients } from "./swarm-clients.js";
import { fetchTask } from "./swarm-task.js";
import { progressText, resultText } from "./swarm-text.js";

interface SwarmCommandOptions extends SwarmChoices {
  readonly url: string;
  readonly task: string;
  readonly workers: number;
  readonly engine: EngineChoice;
  readonly invite?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** `tacit-sim swarm`: many real clients for a coordinator that runs anywhere. */
export function swarmCommand(): Command {
  return strictCommand("swarm")
    .description("Connect many real clients to a running coordinator, until its task is finished.")
    .requiredOption("--url <url>", "the coordinator, http://… or https://…")
    .option("--task <name>", "its task", "films")
    .option("-c, --clients <number>", "clients", whole("--clients", 1, 100_000), 100)
    .option("-w, --workers <number>", "worker threads", whole("--workers", 1, 256), availableParallelism())
    .option("--dataset <path>", "whose users the clients are; simulated people over films when left out")
    .addOption(formatOption())
    .option("--ramp <seconds>", "over which the clients join", between("--ramp", 0, 86_400), 5)
    .option("--seed <number>", "of people and training", whole("--seed", 0, 1_000_000), 1)
    .addOption(engineOption())
    .option("--invite <invite>", "of tacit-server invite, good for so many clients")
    .addOption(
      new Option("--token <token>", "of the host's backend, where it vouches for clients").conflicts(
        "invite",
      ),
    )
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim swarm --url http://127.0.0.1:8787 --clients 200
  $ tacit-sim swarm --url https://tacit.example --task movies --dataset ml-100k --ramp 60 --json

The items must have the features that the task names. Ctrl-C lets every client leave.
Exit codes: 0 the task is finished, 1 failed or refused, 2 a parameter was refused, 130 stopped by Ctrl-C.`,
    )
    .action(swarm);
}

async function swarm(options: SwarmCommandOptions, command: Command): Promise<void> {
  const { url, workers, engine, invite, token, json } = options;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    command.error(`error: --url: ${url} is not an http(s) address`);
  }
  const refuse = (message: string) => {
    say(`tacit-sim: ${message}`);
    process.exitCode = EXIT_FAILED;
  };
  const served = await fetchTask(url, options.task);
  if (!served.ok) return refuse(served.message);
  const { task } = served;
  if (served.finished) return refuse(`the task "${task.name}" has had all its ${task.rounds} rounds`);
  const population = await swarmClients(task, options);
  if (!population.ok) return refuse(population.message);
  const { items, clients } = population;
  say(`task "${task.name}" at version ${served.modelVersion} of ${task.rounds}, ${clients.length} clients`);
  const result = await untilStopped((signal) =>
    runSwarm({
      ...{ url, task, items, engine, clients, workers, signal },
      credential: invite ?? token,
      onProgress: (progress) => say(progressText(progress)),
    }),
  );
  if (result.ended === "stopped") process.exitCode = EXIT_INTERRUPTED;
  if (result.ended === "nobody-left") process.exitCode = EXIT_FAILED;
  console.log(json ? JSON.stringify(result) : resultText(result));
}
