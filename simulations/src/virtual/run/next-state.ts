import { type Aggregation, firstVersion } from "@tacit/server";
import { initialParameters, networkShape } from "@tacit/shared";
import { type Attendance, attend } from "../columns/attendance.js";
import type { PlayedVersion } from "./play-version.js";
import { epsilonOf } from "./run-plan.js";
import type { TrainingSpec } from "./run-spec.js";
import type { RoundReport, RunState } from "./run-state.js";

/** Before the first round. */
export function firstState(
  aggregation: Aggregation,
  attendance: Attendance,
  hitRateOf: (vector: Float32Array) => number,
): RunState {
  const { task } = aggregation;
  const head = firstVersion(aggregation, initialParameters(networkShape(task), task.model.seed));
  const initialHitRate = hitRateOf(head.parameters);
  return { head, attendance, now: 0, cohorts: 0, mostParticipations: 0, initialHitRate, rounds: [] };
}

/** After a version: its contributors have taken part once more, which is written to the attendance in place. */
export function nextState(
  spec: TrainingSpec,
  state: RunState,
  played: PlayedVersion,
  rate: number | undefined,
): RunState {
  const { version, contributors, measures, metrics, now, cohorts, failedCohorts } = played;
  const { invited, lost, late, dropped } = played;
  const { attendance } = state;
  let { mostParticipations } = state;
  for (const client of contributors) {
    attend(attendance, client, version.modelVersion);
    mostParticipations = Math.max(mostParticipations, attendance.participations[client] ?? 0);
  }
  const epsilon =
    spec.private && mostParticipations === state.mostParticipations
      ? (state.rounds.at(-1)?.epsilon ?? null)
      : epsilonOf(spec, mostParticipations);
  const report: RoundReport = {
    modelVersion: version.modelVersion,
    virtualSeconds: now - state.now,
    invited,
    lost,
    late,
    dropped,
    failedCohorts,
    epsilon,
    ...measures,
    ...(metrics.length > 0 && { metrics }),
    ...(rate !== undefined && { hitRate: rate }),
  };
  return { ...state, head: version, now, cohorts, mostParticipations, rounds: [...state.rounds, report] };
}
