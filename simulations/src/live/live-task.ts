import type { TaskSpec } from "@tacit/shared";
import type { LiveEnvironment } from "../environments/live-environment.js";
import { type RunChoices, simulationTask } from "../task-defaults/simulation-task.js";
import { mergedOverrides } from "../task-defaults/task-overrides.js";

/**
 * The task of an environment, with the noise that its budget needs.
 * @throws Error naming the fields where the choices make no valid task.
 */
export function liveTask(
  { name, features, context, task }: LiveEnvironment,
  clients: number,
  choices: RunChoices,
): TaskSpec {
  const { model, learning, reward, exploration, clip, aggregation } = task;
  const own = { reward, exploration, ...(context && { context: { features: [...context] } }) };
  const overrides = mergedOverrides([own, choices.overrides ?? {}]);
  return simulationTask({
    name,
    features,
    clients,
    choices: { ...choices, overrides },
    model,
    learning,
    clip,
    aggregation,
  });
}
