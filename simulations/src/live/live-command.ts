import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { between, strictCommand, whole } from "@tacit/server/command-line";
import { type Command, Option } from "commander";
import type { LiveEnvironment } from "../environments/live-environment.js";
import { LIVE_ENVIRONMENTS } from "../environments/live-environments.js";
import { chooseEngine, ENGINES, type EngineChoice } from "../population/engine-choice.js";
import { readOverrides } from "../task-defaults/task-overrides.js";
import { RunRefusedError } from "../virtual/run/run-refused-error.js";
import { ARMS } from "./arms/arms.js";
import { type LiveReport, liveReport } from "./live-report.js";
import { liveText } from "./live-text.js";
import { type LivePlay, playEnvironment } from "./play-environment.js";

interface LiveCommandOptions {
  readonly seeds: number;
  readonly firstSeed: number;
  readonly clients: number;
  readonly logged: number;
  readonly persons: number;
  readonly visits: number;
  readonly generations: number;
  readonly epsilon: number;
  readonly cohort: number;
  readonly rounds: number;
  readonly set?: readonly string[];
  readonly arms?: readonly string[];
  readonly workers: number;
  readonly engine: EngineChoice;
  readonly json?: string;
}

const ALL = "all";
/** No device is late or lost: what is measured is learning. */
const CLOCK = {
  availability: "always",
  dropout: 0,
  spread: 0.5,
  overSelection: 1.3,
  deadlineSeconds: 600,
  roundEverySeconds: 0,
} as const;

/** `tacit-sim live`: what policies earn when they are played. */
export function liveCommand(
  supervise: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>,
): Command {
  const names = [...LIVE_ENVIRONMENTS.map(({ name }) => name), ALL];
  return strictCommand("live")
    .description("Play policies against people who respond: what do they earn, and what does privacy cost?")
    .argument("<environment>", names.join(", "))
    .option("--seeds <number>", "populations", whole("--seeds", 1, 100), 5)
    .option("--first-seed <number>", "of the first population", whole("--first-seed", 1, 1_000_000), 1)
    .option("-c, --clients <number>", "people who are learned from", whole("--clients", 2, 1e6), 3000)
    .option("--logged <number>", "visits of each that are logged first", whole("--logged", 1, 1000), 8)
    .option("--persons <number>", "people who are measured", whole("--persons", 1, 1e6), 400)
    .option("--visits <number>", "visits of each that are measured", whole("--visits", 1, 1000), 12)
    .option(
      "--generations <number>",
      "parts of these visits; before each, everything is learned anew from all that is logged",
      whole("--generations", 1, 100),
      1,
    )
    .option("-e, --epsilon <number>", "budget of the whole training", between("--epsilon", 0.01, 1000), 8)
    .option("--cohort <number>", "clients in a round", whole("--cohort", 2, 100_000), 300)
    .option("-r, --rounds <number>", "model versions", whole("--rounds", 1, 10_000), 50)
    .addOption(
      new Option("--arms <names...>", "what is compared (default: all)").choices(
        ARMS.map(({ name }) => name),
      ),
    )
    .option("--set <field=value...>", "single fields of the task, such as model.embedding=8")
    .option("-w, --workers <number>", "threads", whole("--workers", 1, 1024), availableParallelism())
    .addOption(new Option("--engine <engine>", "what computes the networks").choices(ENGINES).default("auto"))
    .option("--json <file>", "write all figures there")
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim live news --seeds 5 --json news.json
  $ tacit-sim live all --seeds 1 --persons 100

The same options give the same figures. Exit codes: 0 done, 1 failed, 2 bad parameters, 130 stopped by Ctrl-C.`,
    )
    .action((name: string, options: LiveCommandOptions, command: Command) => {
      if (!names.includes(name)) command.error(`error: there is no environment ${name}: ${names.join(", ")}`);
      const environments = LIVE_ENVIRONMENTS.filter((one) => name === ALL || one.name === name);
      return supervise((signal) => live(environments, options, signal));
    });
}

async function live(
  environments: readonly LiveEnvironment[],
  options: LiveCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  const { clients, persons, rounds, cohort } = options;
  if (persons > clients) throw new RunRefusedError(`--persons: ${persons} of ${clients} clients`);
  const engine = await chooseEngine(options.engine);
  const overrides = await readOverrides(undefined, options.set);
  const seeds = Array.from({ length: options.seeds }, (_, place) => options.firstSeed + place);
  const reports: LiveReport[] = [];
  for (const environment of environments) {
    const plays: LivePlay[] = [];
    for (const seed of seeds) {
      const played = await playEnvironment({
        ...options,
        environment,
        arms: ARMS.filter(({ name }) => options.arms?.includes(name) ?? true),
        // One more than everybody's mean, so that the last cohorts find somebody.
        participations: Math.min(rounds, 1 + Math.ceil((rounds * cohort) / clients)),
        seed,
        privacy: "distributed",
        overrides,
        clock: CLOCK,
        engine,
        engineChoice: options.engine,
        signal,
        progress: (arm) =>
          process.stderr.write(
            `${environment.name}, population ${seed - options.firstSeed + 1} of ${seeds.length}: ${arm}\n`,
          ),
      });
      plays.push(played);
    }
    const report = liveReport(environment, seeds, plays);
    reports.push(report);
    process.stdout.write(`${liveText(report)}\n\n`);
  }
  if (options.json === undefined) return;
  const command = ["tacit-sim", ...process.argv.slice(2)].join(" ");
  await writeFile(options.json, `${JSON.stringify({ command, reports }, null, 2)}\n`);
}
