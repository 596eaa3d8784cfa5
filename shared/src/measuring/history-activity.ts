import type { Interaction } from "../learning/interaction.js";
import { reward } from "../learning/rewards/reward.js";
import { type Activity, activityOf } from "../metrics/activity.js";
import type { TaskSpec } from "../task/task-spec.js";

/** How active whoever has this history is: by its engagements, interactions with a reward above 0. */
export const historyActivity = (task: TaskSpec, history: readonly Interaction[]): Activity =>
  activityOf(history.filter((interaction) => reward(task, interaction) > 0).length);
