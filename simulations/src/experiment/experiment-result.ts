import { PROGRAM_VERSION } from "../program-version.js";
import { shellWord } from "../report/shell-word.js";
import type { TrialSpec } from "../scenario/scenario.js";
import type { Trial } from "../scenario/trial.js";
import type { ExperimentPlan } from "./experiment-plan.js";
import type { FinishedTrial } from "./run-experiment.js";
import { type ArmSummary, summarise } from "./summary.js";

/** What `--json` prints, and what is committed. */
export interface ExperimentResult {
  readonly program: string;
  /** What made it, to be pasted into a shell. */
  readonly command: string;
  readonly population: TrialSpec["population"];
  /** People for whom each client stands, 1 when absent; `standIns` instead where private arms differ in it. */
  readonly standsFor?: number;
  readonly standIns?: readonly StandIn[];
  /** Clients that every arm was judged on, at most: a trial says how many there were. */
  readonly users: number;
  readonly seeds: readonly number[];
  /** Of the first trial. */
  readonly task: TrialSpec["task"];
  readonly arms: readonly ArmSummary[];
  readonly trials: readonly Trial[];
}

/** For whom the clients of one private arm of one variation stand. */
interface StandIn {
  readonly variation: string;
  readonly arm: string;
  readonly standsFor: number;
  /** Clients that are invited to a round. */
  readonly cohort: number;
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
  const command = ["tacit-sim", ...process.argv.slice(2).map(shellWord)].join(" ");
  return {
    program: PROGRAM_VERSION,
    command,
    population,
    ...standing(finished),
    users: scenario.users,
    seeds,
    task,
    arms: summarise(trials),
    trials,
  };
}

/** Noise is what clients stand in for: without it, they are themselves. */
function standing(finished: readonly FinishedTrial[]): Pick<ExperimentResult, "standsFor" | "standIns"> {
  const standIns = new Map<string, StandIn>();
  for (const { variation, arm, prepared } of finished) {
    const { task, private: isPrivate, standsFor = 1 } = prepared.spec;
    if (!isPrivate) continue;
    const standIn = { variation, arm, standsFor, cohort: task.cohort.size };
    standIns.set(JSON.stringify([variation, arm]), standIn);
  }
  const numbers = new Set(Array.from(standIns.values(), ({ standsFor }) => standsFor));
  if (numbers.size > 1) return { standIns: [...standIns.values()] };
  const [standsFor = 1] = numbers;
  return standsFor > 1 ? { standsFor } : {};
}
