import { mkdtemp } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { whole } from "@tacit/server/command-line";
import { type Command, InvalidArgumentError } from "commander";
import { liveOptions } from "../live/live-options.js";
import { RefusedError } from "../refused-error.js";
import { say } from "../say.js";
import { populationOptions } from "../virtual/run/population-options.js";
import { sizeText } from "../virtual/run/population-sizes.js";
import type { ExperimentPlan } from "./experiment-plan.js";
import { barExperimentProgress, lineExperimentProgress } from "./experiment-progress.js";
import { experimentResult } from "./experiment-result.js";
import { modelPictures } from "./pictures/model-pictures.js";
import { experimentTable } from "./report/experiment-table.js";
import { writeExperiment } from "./report/write-experiment.js";
import { type FinishedTrial, runExperiment } from "./run-experiment.js";
import type { ScenarioOptions } from "./scenario-of.js";
import { TrialFolder } from "./trial-folder.js";

/** What `compare` and `sweep` have in common beside the population. */
export interface ExperimentCommandOptions extends ScenarioOptions {
  readonly seeds: number;
  readonly firstSeed: number;
  readonly out?: string;
  readonly json?: boolean;
}

export const experimentOptions = (command: Command): Command =>
  liveOptions(populationOptions(command))
    .option("--seeds <number>", "repetitions of every arm", whole("--seeds", 1, 1000), 5)
    .option("--first-seed <number>", "of these; the others follow it", whole("--first-seed", 1, 1_000_000), 1)
    .option(
      "--users <number>",
      `clients that every arm is judged on ${sizeText("users")}`,
      whole("--users", 2, 100_000),
    )
    .option("-w, --workers <number>", "threads", whole("--workers", 1, 1024), availableParallelism())
    .option("-o, --out <folder>", "of trials and reports; what it holds already is not played again")
    .option("--json", "print one JSON object instead of the table");

/** Epsilons by commas, each once, or `none`. */
export function epsilons(value: string): number[] {
  if (value === "none") return [];
  const listed = value.split(",").map(Number);
  if (!listed.every((epsilon) => epsilon >= 0.01 && epsilon <= 1000)) {
    throw new InvalidArgumentError("--epsilons are numbers from 0.01 to 1000: 8,4,2,1; or none");
  }
  return [...new Set(listed)];
}

/**
 * Plays a plan in its folder, and reports it. Returns all trials.
 * @throws RefusedError for a plan without arms.
 */
export async function experiment(
  plan: Omit<ExperimentPlan, "seeds">,
  options: ExperimentCommandOptions,
  signal: AbortSignal,
): Promise<readonly FinishedTrial[]> {
  if (plan.arms.length === 0) throw new RefusedError("no arm is left to be played");
  const folder = options.out ?? (await mkdtemp(join(tmpdir(), "tacit-experiment-")));
  const complete = {
    ...plan,
    seeds: Array.from({ length: options.seeds }, (_, i) => options.firstSeed + i),
  };
  const trials = await runExperiment({
    plan: complete,
    folder: await TrialFolder.open(join(folder, "trials")),
    signal,
    progress: process.stderr.isTTY ? barExperimentProgress() : lineExperimentProgress(say),
  });
  const result = experimentResult(complete, trials);
  const written = await writeExperiment(folder, result, modelPictures(trials));
  process.stdout.write(
    options.json ? `${JSON.stringify(result)}\n` : `${experimentTable(result)}\n\nreport  ${written.html}\n`,
  );
  return trials;
}
