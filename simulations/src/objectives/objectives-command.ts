import { strictCommand, whole } from "@tacit/server/command-line";
import type { Engine } from "@tacit/shared";
import type { Command } from "commander";
import { chooseEngine, type EngineChoice } from "../population/engine-choice.js";
import { engineOption } from "../population/engine-option.js";
import { aligned } from "../report/aligned.js";
import { ARMS } from "./arms.js";
import { optimalValues, policyValues, startValue } from "./mdp.js";
import { playProblem } from "./play-problem.js";
import type { Problem } from "./problem.js";
import { PROBLEMS } from "./problems.js";

interface ObjectivesCommandOptions {
  readonly seeds: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** What one problem came to; shares are of the optimum. */
interface Result {
  readonly problem: string;
  readonly needs: string;
  /** What an episode is worth under the best policy. */
  readonly optimum: number;
  /** What the policy that logged it is worth. */
  readonly logged: number;
  /** By objective: one share a seed. */
  readonly achieved: Readonly<Record<string, readonly number[]>>;
}

/** `tacit-sim objectives`: every objective on problems whose optimum is known. */
export function objectivesCommand(): Command {
  return strictCommand("objectives")
    .description("Put every objective to small problems that dynamic programming solves exactly.")
    .option("--seeds <number>", "logs of each", whole("--seeds", 1, 1000), 5)
    .addOption(engineOption())
    .option("--json", "print one JSON object")
    .action(objectives);
}

async function objectives({ seeds, json, ...options }: ObjectivesCommandOptions): Promise<void> {
  const engine = await chooseEngine(options.engine);
  const results = PROBLEMS.map((problem) => resultOf(problem, engine, seeds));
  process.stdout.write(
    `${json ? JSON.stringify({ seeds, objectives: ARMS, results }, null, 2) : tableOf(results)}\n`,
  );
}

function resultOf(problem: Problem, engine: Engine, seeds: number): Result {
  const { name, needs, mdp } = problem;
  const optimum = startValue(mdp, optimalValues(mdp));
  const logged = startValue(mdp, policyValues(mdp, problem.behaviour)) / optimum;
  const achieved = Object.entries(ARMS).map(([arm, objective]) => {
    const shares = Array.from(
      { length: seeds },
      (_, seed) => playProblem(problem, objective, engine, seed + 1) / optimum,
    );
    return [arm, shares] as const;
  });
  return { problem: name, needs, optimum, logged, achieved: Object.fromEntries(achieved) };
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function tableOf(results: readonly Result[]): string {
  const head = ["of the optimum (least of all runs)", ...results.map(({ problem }) => problem)];
  const logged = ["as logged", ...results.map((result) => percent(result.logged))];
  const rows = Object.keys(ARMS).map((arm) => [
    arm,
    ...results.map(({ achieved }) => {
      const shares = achieved[arm] ?? [];
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      return `${percent(mean)} (${percent(Math.min(...shares))})`;
    }),
  ]);
  return aligned([head, logged, ...rows]).lines.join("\n");
}
