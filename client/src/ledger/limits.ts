import { coordinatorStatement, releasesStatement, type TaskSpec } from "@tacit/shared";

/** What this device agrees to at most, whatever a task or its coordinator asks for. */
export interface ClientLimits {
  /** Greatest epsilon of the task against whoever sees the released models. */
  readonly releasesEpsilon: number;
  /** Greatest epsilon of the task against the coordinator, which sees single updates until masking hides them. */
  readonly coordinatorEpsilon: number;
  /** Greatest number of participations in one task. */
  readonly participations: number;
  /** Least noise multiplier. */
  readonly noiseMultiplier: number;
  /** Fewest clients whose updates are summed. */
  readonly cohort: number;
}

export const DEFAULT_LIMITS: ClientLimits = {
  releasesEpsilon: 10,
  coordinatorEpsilon: Number.POSITIVE_INFINITY,
  participations: 100,
  noiseMultiplier: 0.5,
  cohort: 3,
};

export type LimitReason = "noise-too-small" | "cohort-too-small" | "participations-spent" | "budget-spent";

export interface LimitReached {
  readonly ok: false;
  readonly reason: LimitReason;
  readonly message: string;
}

/** Why this client does not make one more participation after `participations` of them; undefined where it may. */
export function limitReached(
  limits: ClientLimits,
  task: TaskSpec,
  dimension: number,
  participations: number,
): LimitReached | undefined {
  const { noiseMultiplier, maximumParticipations } = task.privacy;
  if (noiseMultiplier < limits.noiseMultiplier) {
    return reached("noise-too-small", "privacy.noiseMultiplier", noiseMultiplier, limits.noiseMultiplier);
  }
  if (task.cohort.minimum < limits.cohort) {
    return reached("cohort-too-small", "cohort.minimum", task.cohort.minimum, limits.cohort);
  }
  const next = participations + 1;
  const most = Math.min(limits.participations, maximumParticipations);
  if (next > most) return reached("participations-spent", "participations", next, most);
  const releases = releasesStatement(task, dimension, next).epsilon;
  if (releases > limits.releasesEpsilon) {
    return reached("budget-spent", "releasesEpsilon", releases, limits.releasesEpsilon);
  }
  const coordinator = coordinatorStatement(task, dimension, next).epsilon;
  if (coordinator > limits.coordinatorEpsilon) {
    return reached("budget-spent", "coordinatorEpsilon", coordinator, limits.coordinatorEpsilon);
  }
  return undefined;
}

function reached(reason: LimitReason, field: string, value: number, limit: number): LimitReached {
  return { ok: false, reason, message: `${field}: ${value}, this client's limit is ${limit}` };
}
