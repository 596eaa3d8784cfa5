import type { Refusal, TaskSpec } from "@tacit/shared";

/** How often one client may take part in a task, which of the task's two limits that is, and how soon again. */
export interface ParticipationLimit {
  readonly participations: number;
  /** Rounds that must pass between two participations; 0: none need to. */
  readonly minimumSeparation: number;
  readonly reason: Extract<Refusal["reason"], "participations-spent" | "budget-spent">;
}

/**
 * The stricter of `maximumParticipations` and the most participations whose epsilon stays within `maximumEpsilon`.
 * @param epsilonOf the epsilon of the statement that the budget bounds, after so many participations; never decreases.
 */
export function participationLimit(
  { maximumParticipations, maximumEpsilon, correlation }: TaskSpec["privacy"],
  epsilonOf: (participations: number) => number,
): ParticipationLimit {
  const minimumSeparation = correlation?.minimumSeparation ?? 0;
  const within = (participations: number) => epsilonOf(participations) <= maximumEpsilon;
  if (within(maximumParticipations)) {
    return { participations: maximumParticipations, minimumSeparation, reason: "participations-spent" };
  }
  let affordable = 0;
  let tooMany = maximumParticipations;
  while (tooMany - affordable > 1) {
    const middle = Math.floor((affordable + tooMany) / 2);
    if (within(middle)) affordable = middle;
    else tooMany = middle;
  }
  return { participations: affordable, minimumSeparation, reason: "budget-spent" };
}
