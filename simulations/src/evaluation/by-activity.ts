import { ACTIVITIES, type Activity, historyActivity, type TaskSpec } from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";
import { type Estimate, estimate } from "./estimate.js";

/** An estimate for the users of each activity, and how many of them have a value. */
export type ByActivity = Readonly<Record<Activity, Estimate & { readonly users: number }>>;

export const activitiesOf = (task: TaskSpec, clients: readonly EnvironmentClient[]): Activity[] =>
  clients.map(({ history }) => historyActivity(task, history));

/** One value a user, or none, for cold, warm and heavy users apart. */
export function byActivity(
  activities: readonly Activity[],
  values: ArrayLike<number | undefined>,
): ByActivity {
  const of = (activity: Activity) => {
    const own = Array.from(values).flatMap((value, user) =>
      value !== undefined && activities[user] === activity ? [value] : [],
    );
    return { ...estimate(own), users: own.length };
  };
  const [cold, warm, heavy] = ACTIVITIES.map(of);
  if (!cold || !warm || !heavy) throw new Error("an activity is missing");
  return { cold, warm, heavy };
}
