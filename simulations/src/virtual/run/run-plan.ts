import { participationLimit, TaskRefusedError } from "@tacit/server";
import {
  budgetStatement,
  coordinatorStatement,
  planSealing,
  releasesStatement,
  taskHash,
  updateLength,
} from "@tacit/shared";
import { deployedTask } from "../../task-defaults/deployed-task.js";
import type { AttendanceLimit } from "../columns/attendance.js";
import type { RoundSpec } from "../round/round-spec.js";
import type { TrainingSpec } from "./run-spec.js";

/**
 * What a run's clients need to know of it.
 * @throws TaskRefusedError where the task cannot be sealed.
 */
export function roundSpecOf({
  task,
  private: isPrivate,
  path,
  seed,
  standsFor = 1,
}: TrainingSpec): RoundSpec {
  const planned = planSealing(deployedTask(task, standsFor), updateLength(task));
  if (!planned.ok) throw new TaskRefusedError([planned]);
  const { shareDeviation, coordinatorDeviation } = planned.plan;
  const noise = isPrivate
    ? { shareDeviation, coordinatorDeviation: Math.ceil(coordinatorDeviation / standsFor) }
    : { shareDeviation: 0, coordinatorDeviation: 0 };
  return { task, taskHash: taskHash(task), plan: { ...planned.plan, ...noise }, path, standsFor, seed };
}

/** How often and how soon again a client may take part: as the coordinator has it. */
export function limitOf({ task, private: isPrivate, standsFor }: TrainingSpec): AttendanceLimit {
  const { maximumParticipations: participations } = task.privacy;
  if (!isPrivate) return { participations, minimumSeparation: 0 };
  const length = updateLength(task);
  const deployed = deployedTask(task, standsFor);
  return participationLimit(task.privacy, (count) => budgetStatement(deployed, length, count).epsilon);
}

/** Spent by a client that took part so often, against whoever sees the models; null: nothing is promised. */
export function epsilonOf(spec: TrainingSpec, participations: number): number | null {
  return spec.private ? promised(releasesStatement, spec, participations) : null;
}

/** The same, against the coordinator. */
export function coordinatorEpsilonOf(spec: TrainingSpec, participations: number): number | null {
  return spec.private ? promised(coordinatorStatement, spec, participations) : null;
}

/** What the client that took part most often has spent, by the statements of its run. */
export interface SpentPrivacy {
  /** Against whoever sees the models. */
  readonly releasesEpsilon: number | null;
  readonly coordinatorEpsilon: number | null;
  readonly delta: number;
  readonly noiseMultiplier: number;
  readonly participations: number;
}

/** Null: nothing is noised, and nothing promised. */
export function spentPrivacy(spec: TrainingSpec, participations: number): SpentPrivacy | null {
  if (!spec.private) return null;
  const { delta, noiseMultiplier } = spec.task.privacy;
  return {
    releasesEpsilon: epsilonOf(spec, participations),
    coordinatorEpsilon: coordinatorEpsilonOf(spec, participations),
    delta,
    noiseMultiplier,
    participations,
  };
}

function promised(
  statement: typeof releasesStatement,
  { task, standsFor }: TrainingSpec,
  participations: number,
): number | null {
  const { epsilon } = statement(deployedTask(task, standsFor), updateLength(task), participations);
  return Number.isFinite(epsilon) ? epsilon : null;
}
