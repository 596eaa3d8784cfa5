import type { TaskSpec } from "../../task/task-spec.js";

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * weight where the next session begins within the horizon of the end of this one, else 0; also where the history ends
 * before it is known. (Wu et al. 2017, "Returning is believing", §3: clicks now and visits later)
 *
 * @param end of the session, in milliseconds.
 * @param next Beginning of the one after it; undefined where there is none yet.
 */
export function returnsReward(
  { weight, horizonDays }: NonNullable<TaskSpec["reward"]["returns"]>,
  end: number,
  next: number | undefined,
): number {
  return next !== undefined && next - end <= horizonDays * MILLISECONDS_A_DAY ? weight : 0;
}
