import { emptyAttendance } from "../columns/attendance.js";
import type { Crew } from "../crew/crew.js";
import type { RoundSpec } from "../round/round-spec.js";
import { Stopwatch } from "../round/stopwatch.js";
import { firstState, nextState } from "./next-state.js";
import { playVersion } from "./play-version.js";
import { noRunTime } from "./run-phase.js";
import { roundSpecOf } from "./run-plan.js";
import type { TrainingSpec } from "./run-spec.js";
import type { RunState } from "./run-state.js";
import { versionContext } from "./version-context.js";

export interface PopulationTraining {
  readonly spec: TrainingSpec;
  readonly startCrew: (round: RoundSpec) => Promise<Crew>;
  /** Where an earlier part of the run got to, with as many clients; from the beginning when left out. */
  readonly from?: RunState | undefined;
  /** Version to stop at; the task's last one at most. */
  readonly until: number;
  readonly signal: AbortSignal;
  /** After each version. */
  readonly played: (state: RunState) => void;
}

/** The versions of a run by themselves, for whoever judges them in another way: nobody's held-out item is ranked. */
export async function trainPopulation(options: PopulationTraining): Promise<RunState> {
  const { spec, until, signal } = options;
  const round = roundSpecOf(spec);
  const crew = await options.startCrew(round);
  try {
    const context = versionContext(spec, round, crew, new Stopwatch(noRunTime()), signal);
    const attendance = emptyAttendance(context.clients, spec.task.rounds);
    let state = options.from ?? firstState(context.aggregation, attendance, () => Number.NaN);
    while (state.head.modelVersion < Math.min(until, spec.task.rounds)) {
      state = nextState(spec, state, await playVersion(context, state), undefined);
      options.played(state);
    }
    return state;
  } finally {
    await crew.close();
  }
}
