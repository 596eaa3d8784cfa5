import { between, strictCommand, whole } from "@tacit/server/command-line";
import { oneRunEpsilon } from "@tacit/shared";
import { type Command, Option } from "commander";
import { moviesEnvironment } from "../environments/movies.js";
import { chooseEngine, type EngineChoice } from "../population/engine-choice.js";
import { engineOption } from "../population/engine-option.js";
import { barProgress } from "../progress/bar-progress.js";
import { lineProgress } from "../progress/line-progress.js";
import { say } from "../say.js";
import { moviesTask } from "../task-defaults/movies-task.js";
import { auditTraining } from "./audit-training.js";
import { SABOTAGES, type Sabotage } from "./sabotage.js";
import type { AuditVerdict } from "./verdict.js";

interface AuditCommandOptions {
  readonly clients: number;
  readonly canaries: number;
  readonly rounds: number;
  readonly epsilon: number;
  readonly seed: number;
  readonly engine: EngineChoice;
  readonly sabotage: Sabotage;
  readonly json?: boolean;
}

const EXIT_REFUTED = 1;

/** `tacit-sim audit`: does a training keep what is claimed of it? */
export function auditCommand(): Command {
  return strictCommand("audit")
    .description("Train with canary clients and put what can be shown against the claimed epsilon beside it.")
    .option("-c, --clients <number>", "clients that learn", whole("--clients", 1, 10_000), 40)
    .option("--canaries <number>", "clients that only listen", whole("--canaries", 20, 20_000), 500)
    .option("-r, --rounds <number>", "rounds, all with everybody", whole("--rounds", 1, 1000), 3)
    .option(
      "-e, --epsilon <number>",
      "claimed of the whole run, at δ = 1e-5",
      between("--epsilon", 0.01, 1000),
      10,
    )
    .option("--seed <number>", "of the population and the canaries", whole("--seed", 0, 1_000_000), 1)
    .addOption(engineOption())
    .addOption(
      new Option("--sabotage <how>", "break the build on purpose, to see that the audit notices")
        .choices(SABOTAGES)
        .default("none"),
    )
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExit codes: 0 the claim stands, 1 it is refuted, 2 bad parameters.")
    .enablePositionalOptions()
    .action(audit)
    .addCommand(boundCommand());
}

async function audit(options: AuditCommandOptions): Promise<void> {
  const { clients, canaries, rounds, epsilon, seed, sabotage } = options;
  const environment = moviesEnvironment({ clients, seed });
  const cohort = { ...environment, clients: { length: clients + canaries } };
  const task = moviesTask(cohort, { rounds, seed, epsilon });
  const progress = process.stderr.isTTY ? barProgress() : lineProgress(say);
  progress.phase(`training ${rounds} rounds with ${canaries} canaries`);
  const engine = await chooseEngine(options.engine);
  const verdict = auditTraining({ environment, task, canaries, engine, seed, sabotage });
  progress.stop();
  if (options.json) console.log(JSON.stringify(verdict));
  else for (const line of inWords(verdict)) console.log(line);
  if (verdict.refuted) process.exitCode = EXIT_REFUTED;
}

function inWords({ claimed, oneRun, canaryEstimate, refuted }: AuditVerdict): string[] {
  const row = (name: string, epsilon: number, how: string) =>
    `${name.padEnd(34)}${epsilon.toFixed(3).padStart(8)}   ${how}`;
  return [
    row("claimed epsilon", claimed.epsilon, `at delta ${claimed.delta}`),
    row(
      "one-run lower bound",
      oneRun.epsilonLowerBound,
      `${oneRun.correct} of ${oneRun.guesses} guesses right, ${oneRun.canaries} canaries; 95 %`,
    ),
    row("canary estimate", canaryEstimate.epsilon, `scores ${canaryEstimate.separation.toFixed(2)} σ apart`),
    row("canary estimate, lower bound", canaryEstimate.epsilonLowerBound, "95 %"),
    refuted ? "REFUTED: more is revealed than is claimed." : "The claim stands: nothing here contradicts it.",
  ];
}

interface BoundOptions {
  readonly canaries: number;
  readonly guesses: number;
  readonly correct: number;
  readonly delta: number;
  readonly significance: number;
  readonly json?: boolean;
}

/** `tacit-sim audit bound`: the mathematics alone, for an audit made elsewhere. */
function boundCommand(): Command {
  const command = strictCommand("bound")
    .description("The greatest epsilon that so many right guesses refute (Steinke, Nasr, Jagielski 2023).")
    .requiredOption("--canaries <number>", "each in the training by a fair coin", whole("--canaries", 1, 1e6))
    .requiredOption("--guesses <number>", "ventured", whole("--guesses", 1, 1e6))
    .requiredOption("--correct <number>", "of them", whole("--correct", 0, 1e6))
    .option("--delta <delta>", "between 0 and 1", between("--delta", 0, 1), 1e-5)
    .option(
      "--significance <p>",
      "chance of refuting a true claim",
      between("--significance", 0, 1, "open"),
      0.05,
    )
    .option("--json", "print one JSON object");
  return command.action((options: BoundOptions) => {
    const { canaries, guesses, correct, delta, significance } = options;
    if (guesses > canaries) command.error(`error: --guesses: at most the ${canaries} canaries`);
    if (correct > guesses) command.error(`error: --correct: at most the ${guesses} guesses`);
    const epsilonLowerBound = oneRunEpsilon(options, delta, significance);
    const answer = { epsilonLowerBound, canaries, guesses, correct, delta, significance };
    console.log(options.json ? JSON.stringify(answer) : `epsilon is at least ${epsilonLowerBound}`);
  });
}
