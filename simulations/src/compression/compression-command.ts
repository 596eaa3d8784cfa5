import { strictCommand, whole } from "@tacit/server/command-line";
import { ENCODINGS } from "@tacit/shared";
import type { Command } from "commander";
import { type Estimate, estimate } from "../evaluation/estimate.js";
import { type MeanInterval, studentInterval } from "../evaluation/student-interval.js";
import { chooseEngine, type EngineChoice } from "../population/engine-choice.js";
import { engineOption } from "../population/engine-option.js";
import { aligned } from "../report/aligned.js";
import { intervalText } from "../report/interval-text.js";
import { type Compressed, compressFilms } from "./compress-films.js";
import type { FederatedFilmsOptions } from "./federated-films.js";
import { restrictFilms, UPDATE_FORMS } from "./restrict-films.js";

interface CompressionCommandOptions {
  readonly seeds: number;
  readonly clients: number;
  readonly rounds: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** Budgets of the whole run; undefined is no noise. */
const EPSILONS = [undefined, 8];

/** A form of a model or of updates, in one federation. */
type Measured = Pick<Compressed, "form" | "hitRate"> & Partial<Compressed>;

/** The same over all seeds. */
interface Arm {
  readonly epsilon: number | null;
  readonly form: string;
  readonly whole?: Estimate;
  readonly delta?: Estimate;
  readonly upload?: Estimate;
  readonly hitRate: MeanInterval;
}

/** `tacit-sim compression`: what each form of a model or of updates costs in bytes, and in accuracy. */
export function compressionCommand(): Command {
  return strictCommand("compression")
    .description(
      "Federate with every encoding of versions and every form of updates: bytes, and HR@10 at the end.",
    )
    .option("--seeds <number>", "populations", whole("--seeds", 1, 1000), 3)
    .option("--clients <number>", "people of each", whole("--clients", 3, 100_000), 500)
    .option("--rounds <number>", "versions", whole("--rounds", 1, 1000), 12)
    .addOption(engineOption())
    .option("--json", "print one JSON object")
    .action(compression);
}

async function compression({ json, ...options }: CompressionCommandOptions): Promise<void> {
  const { seeds, clients, rounds } = options;
  const engine = await chooseEngine(options.engine);
  const arms = EPSILONS.flatMap((epsilon) => {
    const over = (compress: (films: FederatedFilmsOptions) => readonly Measured[]) =>
      armsOf(
        epsilon ?? null,
        Array.from({ length: seeds }, (_, seed) =>
          compress({ clients, rounds, epsilon, engine, seed: seed + 1 }),
        ),
      );
    return [
      ...ENCODINGS.flatMap((encoding) => over((films) => compressFilms({ ...films, encoding }))),
      ...UPDATE_FORMS.flatMap((form) => over((films) => [restrictFilms(films, form)])),
    ];
  });
  process.stdout.write(
    `${json ? JSON.stringify({ seeds, clients, rounds, arms }, null, 2) : tableOf(arms)}\n`,
  );
}

function armsOf(epsilon: number | null, runs: readonly (readonly Measured[])[]): Arm[] {
  return (runs[0] ?? []).map(({ form }, place) => {
    const of = runs.flatMap((run) => run[place] ?? []);
    const bytes = (key: "whole" | "delta" | "upload") => {
      const known = of.flatMap((one) => one[key] ?? []);
      return known.length > 0 && { [key]: estimate(known) };
    };
    return {
      epsilon,
      form,
      ...bytes("whole"),
      ...bytes("delta"),
      ...bytes("upload"),
      hitRate: studentInterval(of.map((one) => one.hitRate)),
    };
  });
}

const tableOf = (arms: readonly Arm[]): string =>
  aligned([
    ["epsilon", "", "bytes", "bytes of a delta", "bytes of an upload", "HR@10"],
    ...arms.map(rowOf),
  ]).lines.join("\n");

const rowOf = ({ epsilon, form, whole: bytes, delta, upload, hitRate }: Arm): string[] => [
  epsilon === null ? "no noise" : String(epsilon),
  form,
  bytes?.mean.toFixed(0) ?? "",
  delta?.mean.toFixed(0) ?? "",
  upload?.mean.toFixed(0) ?? "",
  intervalText(hitRate, 3),
];
