import { PROGRAM_VERSION } from "../program-version.js";
import type { TrialSpec } from "../scenario/scenario.js";
import type { Trial } from "../scenario/trial.js";
import type { ExperimentPlan } from "./experiment-plan.js";
import type { FinishedTrial } from "./run-experiment.js";
import { type ArmSummary, summarise } from "./summary.js";

/** What `--json` prints, and what is committed. */
export interface ExperimentResult {
  readonly program: string;
  /** The words that made it, as they were typed. */
  readonly command: string;
  readonly population: TrialSpec["population"];
  /** People for whom each client stands, 1 when absent. */
  readonly standsFor?: number;
  /** Clients that every arm was judged on, at most: a trial says how many there were. */
  readonly users: number;
  readonly seeds: readonly number[];
  /** Of the first trial. */
  readonly task: TrialSpec["task"];
  readonly arms: readonly ArmSummary[];
  readonly trials: readonly Trial[];
}

/** @throws Error where nothing was played. */
export function experimentResult(
  { seeds, scenario }: ExperimentPlan,
  finished: readonly FinishedTrial[],
): ExperimentResult {
  const [first] = finished;
  if (!first) throw new Error("there are no trials");
  const trials = finished.map(({ prepared: _, parameters: __, ...trial }): Trial => trial);
  const { task, population } = first.prepared.spec;
  const standsFor = Math.max(...finished.map(({ prepared }) => prepared.spec.standsFor ?? 1));
  const command = ["tacit-sim", ...process.argv.slice(2)].join(" ");
  return {
    program: PROGRAM_VERSION,
    command,
    population,
    ...(standsFor > 1 && { standsFor }),
    users: scenario.users,
    seeds,
    task,
    arms: summarise(trials),
    trials,
  };
}
