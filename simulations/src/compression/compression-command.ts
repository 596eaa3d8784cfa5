import { strictCommand, whole } from "@tacit/server/command-line";
import { ENCODINGS } from "@tacit/shared";
import { type Command, Option } from "commander";
import { type Estimate, estimate } from "../evaluation/estimate.js";
import { chooseEngine, ENGINES, type EngineChoice } from "../population/engine-choice.js";
import { aligned } from "../report/aligned.js";
import { type Compressed, compressFilms } from "./compress-films.js";

interface CompressionCommandOptions {
  readonly seeds: number;
  readonly clients: number;
  readonly rounds: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** Budgets of the whole run; undefined is no noise. */
const EPSILONS = [undefined, 8];

/** One form of a model, over all seeds. */
interface Arm {
  readonly epsilon: number | null;
  readonly form: string;
  readonly whole: Estimate;
  readonly delta?: Estimate;
  readonly hitRate: Estimate;
}

/** `tacit-sim compression`: what each form of a model costs to download, and in accuracy. */
export function compressionCommand(): Command {
  return strictCommand("compression")
    .description("Federate with every encoding of model versions: bytes of a download, and HR@10 at the end.")
    .option("--seeds <number>", "populations", whole("--seeds", 1, 1000), 3)
    .option("--clients <number>", "people of each", whole("--clients", 3, 100_000), 200)
    .option("--rounds <number>", "versions", whole("--rounds", 1, 1000), 20)
    .addOption(new Option("--engine <engine>", "what computes the networks").choices(ENGINES).default("auto"))
    .option("--json", "print one JSON object")
    .action(compression);
}

async function compression({ json, ...options }: CompressionCommandOptions): Promise<void> {
  const { seeds, clients, rounds } = options;
  const engine = await chooseEngine(options.engine);
  const arms = EPSILONS.flatMap((epsilon) =>
    ENCODINGS.flatMap((encoding) => {
      const runs = Array.from({ length: seeds }, (_, seed) =>
        compressFilms({ clients, rounds, epsilon, encoding, engine, seed: seed + 1 }),
      );
      return armsOf(epsilon ?? null, runs);
    }),
  );
  process.stdout.write(
    `${json ? JSON.stringify({ seeds, clients, rounds, arms }, null, 2) : tableOf(arms)}\n`,
  );
}

function armsOf(epsilon: number | null, runs: readonly (readonly Compressed[])[]): Arm[] {
  return (runs[0] ?? []).map(({ form }, place) => {
    const of = runs.flatMap((run) => run[place] ?? []);
    const deltas = of.flatMap(({ delta }) => delta ?? []);
    return {
      epsilon,
      form,
      whole: estimate(of.map((one) => one.whole)),
      ...(deltas.length > 0 && { delta: estimate(deltas) }),
      hitRate: estimate(of.map((one) => one.hitRate)),
    };
  });
}

const tableOf = (arms: readonly Arm[]): string =>
  aligned([["epsilon", "", "bytes", "bytes of a delta", "HR@10"], ...arms.map(rowOf)]).lines.join("\n");

const rowOf = ({ epsilon, form, whole: bytes, delta, hitRate }: Arm): string[] => [
  epsilon === null ? "no noise" : String(epsilon),
  form,
  bytes.mean.toFixed(0),
  delta?.mean.toFixed(0) ?? "",
  `${hitRate.mean.toFixed(3)} ± ${(1.96 * hitRate.standardError).toFixed(3)}`,
];
