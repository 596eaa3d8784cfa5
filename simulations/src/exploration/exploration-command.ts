import { strictCommand, whole } from "@tacit/server/command-line";
import { parseTask, seededRandom, type TaskSpec } from "@tacit/shared";
import type { Command } from "commander";
import { estimate } from "../evaluation/estimate.js";
import { aligned } from "../report/aligned.js";
import { linearBandit } from "./linear-bandit.js";
import { playBandit } from "./play-bandit.js";

interface ExplorationCommandOptions {
  readonly seeds: number;
  readonly rounds: number;
  readonly json?: boolean;
}

/** Besides the task's defaults those that suit rewards of this size, found by trial. */
const kinds = (): Readonly<Record<string, TaskSpec["exploration"]>> => ({
  uniform: { kind: "epsilon-greedy", epsilon: 1 },
  greedy: { kind: "epsilon-greedy", epsilon: 0 },
  "epsilon-greedy": { kind: "epsilon-greedy", epsilon: 0.1 },
  "boltzmann, default": defaultsOf("boltzmann"),
  boltzmann: { kind: "boltzmann", temperature: 0.1 },
  "boltzmann, target entropy": { kind: "boltzmann", temperature: 1, targetEntropy: 0.3 },
  "ucb, default": defaultsOf("ucb"),
  ucb: { kind: "ucb", width: 0.5, ridge: 1, epsilon: 0.02 },
  "thompson, default": defaultsOf("thompson"),
  thompson: { kind: "thompson", deviation: 0.5, ridge: 1, draws: 16, epsilon: 0.02 },
});

/** As a task has it that says no more than the kind. */
function defaultsOf(kind: TaskSpec["exploration"]["kind"]): TaskSpec["exploration"] {
  const features = [{ name: "any", kind: "categorical" as const, values: ["any"] }];
  const parsed = parseTask({ name: "exploration", catalogue: { features }, exploration: { kind } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task.exploration;
}

/** The deviation of a normal that 95 % lie within. */
const NORMAL_95 = 1.96;

/** Regret after so many rounds: the mean over seeds, and half of its 95 % interval. */
interface Checkpoint {
  readonly round: number;
  readonly regret: number;
  readonly halfWidth: number;
}

interface Arm {
  readonly name: string;
  readonly exploration: TaskSpec["exploration"];
  readonly curve: readonly Checkpoint[];
}

/** `tacit-sim exploration`: what each kind of exploration misses out on while it learns. */
export function explorationCommand(): Command {
  return strictCommand("exploration")
    .description(
      "Play a linear bandit by every kind of exploration: how much is missed against the best item?",
    )
    .option("--seeds <number>", "bandits, each with a user of its own", whole("--seeds", 2, 1000), 40)
    .option("--rounds <number>", "items shown to each", whole("--rounds", 10, 10_000), 400)
    .option("--json", "print one JSON object")
    .action(exploration);
}

function exploration({ seeds, rounds, json }: ExplorationCommandOptions): void {
  const arms = Object.entries(kinds()).map(([name, kind]) => armOf(name, kind, seeds, rounds));
  process.stdout.write(`${json ? JSON.stringify({ seeds, rounds, arms }, null, 2) : tableOf(arms)}\n`);
}

/** Every kind meets the same bandits. */
function armOf(name: string, kind: TaskSpec["exploration"], seeds: number, rounds: number): Arm {
  const runs = Array.from({ length: seeds }, (_, seed) =>
    playBandit(linearBandit(seededRandom(seed + 1)), kind, rounds, seededRandom(seed + 1001)),
  );
  const curve = checkpoints(rounds).map((round) => {
    const { mean, standardError } = estimate(runs.map((run) => run[round - 1] ?? 0));
    return { round, regret: mean, halfWidth: NORMAL_95 * standardError };
  });
  return { name, exploration: kind, curve };
}

const checkpoints = (rounds: number): number[] =>
  [0.05, 0.125, 0.25, 0.5, 1].map((part) => Math.max(1, Math.round(part * rounds)));

function tableOf(arms: readonly Arm[]): string {
  const heads = arms[0]?.curve.map(({ round }) => `after ${round}`) ?? [];
  const rows = arms.map(({ name, curve }) => [
    name,
    ...curve.map(({ regret, halfWidth }) => `${regret.toFixed(1)} ± ${halfWidth.toFixed(1)}`),
  ]);
  return aligned([["regret", ...heads], ...rows]).lines.join("\n");
}
