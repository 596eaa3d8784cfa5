import { PROGRAM_VERSION } from "../program-version.js";
import type { RunSpec } from "../virtual/run/run-spec.js";
import type { ExperimentPlan } from "./experiment-plan.js";
import type { FinishedTrial } from "./run-experiment.js";
import { type ArmSummary, summarise } from "./summary.js";
import type { Trial } from "./trial.js";

/** What `--json` prints, and what is committed. */
export interface ExperimentResult {
  readonly program: string;
  /** The words that made it, as they were typed. */
  readonly command: string;
  readonly population: RunSpec["population"];
  readonly users: number;
  readonly seeds: readonly number[];
  /** Of the first trial. */
  readonly task: RunSpec["task"];
  readonly arms: readonly ArmSummary[];
  readonly trials: readonly Trial[];
}

/** @throws Error where nothing was played. */
export function experimentResult(
  { seeds, users }: ExperimentPlan,
  finished: readonly FinishedTrial[],
): ExperimentResult {
  const [first] = finished;
  if (!first) throw new Error("there are no trials");
  const trials = finished.map(({ prepared: _, parameters: __, ...trial }): Trial => trial);
  const { task, population } = first.prepared.spec;
  const command = ["tacit-sim", ...process.argv.slice(2)].join(" ");
  return {
    program: PROGRAM_VERSION,
    command,
    population,
    users,
    seeds,
    task,
    arms: summarise(trials),
    trials,
  };
}
