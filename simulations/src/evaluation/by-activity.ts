import { ACTIVITIES, type Activity, activityOf, reward, type TaskSpec } from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";
import { type Estimate, estimate } from "./estimate.js";

/** An estimate for the users of each activity, and how many of them have a value. */
export type ByActivity = Readonly<Record<Activity, Estimate & { readonly users: number }>>;

/** How active each client is: by its engagements (interactions with a positive reward). */
export const activitiesOf = (task: TaskSpec, clients: readonly EnvironmentClient[]): Activity[] =>
  clients.map(({ history }) =>
    activityOf(history.filter((interaction) => reward(task, interaction) > 0).length),
  );

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
