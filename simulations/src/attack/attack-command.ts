import { between, strictCommand, whole } from "@tacit/server/command-line";
import type { Command } from "commander";
import { moviesEnvironment } from "../environments/movies.js";
import { chooseEngine, type EngineChoice } from "../population/engine-choice.js";
import { engineOption } from "../population/engine-option.js";
import { moviesTask } from "../task-defaults/movies-task.js";
import { compareAttacks, TRAININGS } from "./attack-comparison.js";
import { attackProgress } from "./attack-progress.js";
import { attackReport, nameOf } from "./attack-report.js";
import { mostGroups } from "./defences.js";
import { LOCAL_WORK } from "./local-work.js";

interface AttackCommandOptions {
  readonly clients: number;
  readonly attackers: number;
  readonly groups?: number;
  readonly rounds: number;
  readonly noiseMultiplier: number;
  readonly seed: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** Only the clip and the model are taken from the task that it calibrates. */
const ANY_EPSILON = 1000;
/** People whose next film the model is asked for. */
const ONLOOKERS = 400;
const GROUPS = 8;

/** `tacit-sim attack`: what do corrupt clients do to each way of combining? */
export function attackCommand(): Command {
  return strictCommand("attack")
    .description(
      "Poison a training in several ways, and print the damage to each rule that combines updates.",
    )
    .option("-c, --clients <number>", "all of them in every round", whole("--clients", 20, 1000), 40)
    .option("--attackers <fraction>", "of the clients", between("--attackers", 0, 0.4), 0.2)
    .option(
      "--groups <number>",
      `for the rules that see masked groups only (default: ${GROUPS}, or as many as there can be)`,
      whole("--groups", 3, 200),
    )
    .option("-r, --rounds <number>", "rounds", whole("--rounds", 1, 100), 3)
    .option(
      "--noise-multiplier <number>",
      "next to none, so that the damage is the attack's alone",
      between("--noise-multiplier", 0.002, 100),
      0.002,
    )
    .option("--seed <number>", "of people, training and noise", whole("--seed", 0, 1_000_000), 1)
    .addOption(engineOption())
    .option("--json", "print one JSON object")
    .action(attack);
}

async function attack({ json, engine, ...choices }: AttackCommandOptions, command: Command): Promise<void> {
  const { clients, rounds, seed } = choices;
  const groups = choices.groups ?? Math.min(GROUPS, mostGroups(clients));
  if (groups > mostGroups(clients)) {
    command.error(`error: --groups: at most ${mostGroups(clients)} of ${clients} clients`);
  }
  const corrupt = Math.max(1, Math.round(choices.attackers * clients));
  const environment = moviesEnvironment({ clients: clients + ONLOOKERS, seed });
  const task = moviesTask(environment, { rounds, seed, epsilon: ANY_EPSILON, overrides: LOCAL_WORK });
  const progress = attackProgress(TRAININGS);
  const comparison = compareAttacks({
    ...choices,
    groups,
    corrupt,
    environment,
    task,
    engine: await chooseEngine(engine),
    onTraining: (training) => progress.next(`${nameOf(training.defence)} against ${training.attack}`),
  });
  progress.stop();
  if (json) {
    console.log(JSON.stringify({ ...choices, groups, corrupt, ...comparison }));
    return;
  }
  console.log(`${clients} clients, ${corrupt} of them corrupt, ${groups} groups, ${rounds} rounds\n`);
  for (const line of attackReport(comparison)) console.log(line);
}
