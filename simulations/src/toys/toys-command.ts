import { strictCommand, whole } from "@tacit/server/command-line";
import { type Random, seededRandom } from "@tacit/shared";
import type { Command } from "commander";
import { chooseEngine, type EngineChoice } from "../population/engine-choice.js";
import { engineOption } from "../population/engine-option.js";
import { aligned } from "../report/aligned.js";
import { playToy } from "./play-toy.js";
import type { Toy } from "./toy.js";

type ToyOf = (random: Random) => Toy;

interface ToysCommandOptions {
  readonly seeds: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** What one arm came to: the share of choices that were right, one a seed. */
interface Arm {
  readonly toy: string;
  readonly needs: string;
  readonly arm: string;
  readonly right: readonly number[];
}

/** A command that plays toys and prints how often each arm chose right. */
export function toysCommand(name: string, description: string, toys: readonly ToyOf[]): Command {
  return strictCommand(name)
    .description(description)
    .option("--seeds <number>", "runs of each", whole("--seeds", 1, 1000), 5)
    .addOption(engineOption())
    .option("--json", "print one JSON object")
    .action((options: ToysCommandOptions) => play(toys, options));
}

async function play(toys: readonly ToyOf[], options: ToysCommandOptions): Promise<void> {
  const engine = await chooseEngine(options.engine);
  const arms = toys.flatMap((toyOf): Arm[] => {
    const runs = Array.from({ length: options.seeds }, (_, seed) => {
      const toy = toyOf(seededRandom(seed + 1));
      return { toy, right: playToy(toy, engine, seed + 1) };
    });
    const [first] = runs;
    return Object.keys(first?.right ?? {}).map((arm) => ({
      toy: first?.toy.name ?? "",
      needs: first?.toy.needs ?? "",
      arm,
      right: runs.map(({ right }) => right[arm] ?? 0),
    }));
  });
  process.stdout.write(
    `${options.json ? JSON.stringify({ seeds: options.seeds, arms }, null, 2) : tableOf(arms)}\n`,
  );
}

const tableOf = (arms: readonly Arm[]): string =>
  aligned([["", "", "right (least of all runs)"], ...arms.map(rowOf)]).lines.join("\n");

function rowOf({ toy, arm, right }: Arm): string[] {
  const mean = right.reduce((sum, share) => sum + share, 0) / right.length;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return [toy, arm, `${percent(mean)} (${percent(Math.min(...right))})`];
}
