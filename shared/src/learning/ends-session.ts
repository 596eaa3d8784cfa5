import type { TaskSpec } from "../task/task-spec.js";

/** Whether nothing follows this one of sorted times, or only after the task's gap between sessions. */
export function endsSession(
  { reward }: Pick<TaskSpec, "reward">,
  times: readonly { readonly at: number }[],
  place: number,
): boolean {
  const [here, next] = [times[place], times[place + 1]];
  return !here || !next || next.at - here.at > reward.sessionGapMinutes * 60_000;
}
