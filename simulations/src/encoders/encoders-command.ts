import { strictCommand, whole } from "@tacit/server/command-line";
import { seededRandom } from "@tacit/shared";
import { type Command, Option } from "commander";
import { chooseEngine, ENGINES, type EngineChoice } from "../population/engine-choice.js";
import { aligned } from "../report/aligned.js";
import { playToy } from "./play-toy.js";
import { TOYS } from "./toys.js";

interface EncodersCommandOptions {
  readonly seeds: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** What one network came to: the share of choices that were right, one a seed. */
interface Arm {
  readonly toy: string;
  readonly needs: string;
  readonly network: string;
  readonly right: readonly number[];
}

/** `tacit-sim encoders`: what each encoder sees that a simpler one does not. */
export function encodersCommand(): Command {
  return strictCommand("encoders")
    .description(
      "Put every encoder to a toy task that a simpler one cannot solve: which of two items is next?",
    )
    .option("--seeds <number>", "runs of each", whole("--seeds", 1, 1000), 5)
    .addOption(new Option("--engine <engine>", "what computes the networks").choices(ENGINES).default("auto"))
    .option("--json", "print one JSON object")
    .action(encoders);
}

async function encoders(options: EncodersCommandOptions): Promise<void> {
  const engine = await chooseEngine(options.engine);
  const arms = TOYS.flatMap((toyOf): Arm[] => {
    const runs = Array.from({ length: options.seeds }, (_, seed) => {
      const toy = toyOf(seededRandom(seed + 1));
      return { toy, right: playToy(toy, engine, seed + 1) };
    });
    const [first] = runs;
    return Object.keys(first?.right ?? {}).map((network) => ({
      toy: first?.toy.name ?? "",
      needs: first?.toy.needs ?? "",
      network,
      right: runs.map(({ right }) => right[network] ?? 0),
    }));
  });
  process.stdout.write(
    `${options.json ? JSON.stringify({ seeds: options.seeds, arms }, null, 2) : tableOf(arms)}\n`,
  );
}

const tableOf = (arms: readonly Arm[]): string =>
  aligned([["", "", "right (least of all runs)"], ...arms.map(rowOf)]).lines.join("\n");

function rowOf({ toy, network, right }: Arm): string[] {
  const mean = right.reduce((sum, share) => sum + share, 0) / right.length;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return [toy, network, `${percent(mean)} (${percent(Math.min(...right))})`];
}
