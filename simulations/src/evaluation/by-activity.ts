import { ACTIVITIES, type Activity, activityOf, reward, type TaskSpec } from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";
import { type Estimate, estimate } from "./estimate.js";

/** An estimate for the users of each activity, and how many they are. */
export type ByActivity = Readonly<Record<Activity, Estimate & { readonly users: number }>>;

/** One value a user, for cold, warm and heavy users apart: by their engagements (interactions with a positive reward). */
export function byActivity(
  task: TaskSpec,
  clients: readonly EnvironmentClient[],
  values: ArrayLike<number>,
): ByActivity {
  const activities = clients.map(({ history }) =>
    activityOf(history.filter((interaction) => reward(task, interaction) > 0).length),
  );
  const of = (activity: Activity) => {
    const own = Array.from(values).filter((_, user) => activities[user] === activity);
    return { ...estimate(own), users: own.length };
  };
  const [cold, warm, heavy] = ACTIVITIES.map(of);
  if (!cold || !warm || !heavy) throw new Error("an activity is missing");
  return { cold, warm, heavy };
}
