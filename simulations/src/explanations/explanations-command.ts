import { strictCommand, whole } from "@tacit/server/command-line";
import type { Command } from "commander";
import { type Estimate, estimate } from "../evaluation/estimate.js";
import { chooseEngine, type EngineChoice } from "../population/engine-choice.js";
import { engineOption } from "../population/engine-option.js";
import { aligned } from "../report/aligned.js";
import { normalIntervalText } from "../report/interval-text.js";
import type { Deletions } from "./deletions.js";
import { ARMS, type ExplainedFilms, explainFilms } from "./explain-films.js";

interface ExplanationsCommandOptions {
  readonly seeds: number;
  readonly clients: number;
  readonly rounds: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** Of one network and one way to explain it, over the explanations of all seeds. */
interface Arm {
  readonly network: string;
  readonly method: string;
  readonly explanations: number;
  readonly falls: Readonly<Record<string, Estimate>>;
  readonly agreement?: Estimate;
  readonly mostIncomplete?: number;
}

/** `tacit-sim explanations`: is what an explanation names what the score came from? */
export function explanationsCommand(): Command {
  return strictCommand("explanations")
    .description("Take away what explanations name, and see how far the score of the explained film falls.")
    .option("--seeds <number>", "populations and models", whole("--seeds", 1, 1000), 5)
    .option("--clients <number>", "people of each", whole("--clients", 3, 10_000), 100)
    .option("--rounds <number>", "of training, on everybody's history", whole("--rounds", 1, 1000), 6)
    .addOption(engineOption())
    .option("--json", "print one JSON object")
    .action(explanations);
}

async function explanations({ json, ...options }: ExplanationsCommandOptions): Promise<void> {
  const { seeds, clients, rounds } = options;
  const engine = await chooseEngine(options.engine);
  const arms = Object.entries(ARMS).flatMap(([network, model]) => {
    const runs = Array.from({ length: seeds }, (_, seed) =>
      explainFilms({ model, clients, rounds, engine, seed: seed + 1 }),
    );
    return armsOf(network, runs);
  });
  process.stdout.write(
    `${json ? JSON.stringify({ seeds, clients, rounds, arms }, null, 2) : tableOf(arms)}\n`,
  );
}

function armsOf(network: string, runs: readonly ExplainedFilms[]): Arm[] {
  const features = runs.flatMap((run) => run.features);
  return [
    interactionsArm(
      network,
      "leave-one-out",
      runs.flatMap(({ leaveOneOut }) => leaveOneOut),
    ),
    interactionsArm(
      network,
      "integrated gradients",
      runs.flatMap(({ integratedGradients }) => integratedGradients),
    ),
    {
      network,
      method: "features",
      explanations: features.length,
      falls: {
        strongest: estimate(features.map(({ strongest }) => strongest)),
        random: estimate(features.map(({ random }) => random)),
      },
    },
  ];
}

function interactionsArm(network: string, method: string, found: readonly Deletions[]): Arm {
  const of = (name: keyof Deletions) => estimate(found.map((deletions) => deletions[name]));
  return {
    network,
    method,
    explanations: found.length,
    falls: {
      strongest: of("strongest"),
      random: of("random"),
      strongestThree: of("strongestThree"),
      randomThree: of("randomThree"),
    },
    agreement: of("agreement"),
    mostIncomplete: Math.max(...found.map(({ incompleteness }) => incompleteness)),
  };
}

const HEAD = [
  "",
  "",
  "strongest",
  "any one",
  "strongest three",
  "any three",
  "rank agreement",
  "most incomplete",
];

const tableOf = (arms: readonly Arm[]): string => aligned([HEAD, ...arms.map(rowOf)]).lines.join("\n");

function rowOf({ network, method, falls, agreement, mostIncomplete }: Arm): string[] {
  const { strongest, random, strongestThree, randomThree } = falls;
  const cells = [strongest, random, strongestThree, randomThree, agreement].map((cell) =>
    cell ? normalIntervalText(cell, 3) : "",
  );
  return [network, method, ...cells, mostIncomplete === undefined ? "" : mostIncomplete.toFixed(4)];
}
