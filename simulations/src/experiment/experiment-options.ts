import { mkdtemp } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { whole } from "@tacit/server/command-line";
import { type Command, InvalidArgumentError } from "commander";
import { chooseEngine } from "../population/engine-choice.js";
import { type PopulationOptions, populationOptions } from "../virtual/run/population-options.js";
import type { ExperimentPlan } from "./experiment-plan.js";
import { barExperimentProgress, lineExperimentProgress } from "./experiment-progress.js";
import { experimentResult } from "./experiment-result.js";
import { modelPictures } from "./pictures/model-pictures.js";
import { experimentTable } from "./report/experiment-table.js";
import { writeExperiment } from "./report/write-experiment.js";
import { runExperiment } from "./run-experiment.js";
import { TrialFolder } from "./trial-folder.js";

/** What `compare` and `sweep` have in common beside the population. */
export interface ExperimentCommandOptions extends PopulationOptions {
  readonly seeds: number;
  readonly users: number;
  readonly workers: number;
  readonly out?: string;
  readonly json?: boolean;
}

export const experimentOptions = (command: Command): Command =>
  populationOptions(command)
    .option(
      "--seeds <number>",
      "repetitions of every arm, with the seeds 1, 2, …",
      whole("--seeds", 1, 1000),
      5,
    )
    .option("--users <number>", "clients that every arm is judged on", whole("--users", 2, 100_000), 500)
    .option("-w, --workers <number>", "threads", whole("--workers", 1, 1024), availableParallelism())
    .option("-o, --out <folder>", "of trials and reports; what it holds already is not played again")
    .option("--json", "print one JSON object instead of the table");

/** Epsilons by commas. */
export function epsilons(value: string): number[] {
  const listed = value.split(",").map(Number);
  if (!listed.every((epsilon) => epsilon >= 0.01 && epsilon <= 1000)) {
    throw new InvalidArgumentError("--epsilons are numbers from 0.01 to 1000: 8,4,2,1");
  }
  return listed;
}

/** Plays a plan in its folder, and reports it. */
export async function experiment(
  plan: Omit<ExperimentPlan, "seeds" | "users">,
  options: ExperimentCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  const folder = options.out ?? (await mkdtemp(join(tmpdir(), "tacit-experiment-")));
  const complete = {
    ...plan,
    users: options.users,
    seeds: Array.from({ length: options.seeds }, (_, i) => i + 1),
  };
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const trials = await runExperiment({
    plan: complete,
    engine: await chooseEngine(options.engine),
    engineChoice: options.engine,
    workers: options.workers,
    folder: await TrialFolder.open(join(folder, "trials")),
    signal,
    progress: process.stderr.isTTY ? barExperimentProgress() : lineExperimentProgress(say),
  });
  const result = experimentResult(complete, trials);
  const written = await writeExperiment(folder, result, modelPictures(trials));
  process.stdout.write(
    options.json ? `${JSON.stringify(result)}\n` : `${experimentTable(result)}\n\nreport  ${written.html}\n`,
  );
}
