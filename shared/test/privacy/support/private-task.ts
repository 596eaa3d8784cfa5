import { parseTask } from "../../../src/task/parse-task.js";
import type { TaskSpec } from "../../../src/task/task-spec.js";
import { exampleTask } from "../../task/example-task.js";

interface Changes {
  readonly privacy?: Partial<TaskSpec["privacy"]>;
  readonly cohort?: Partial<TaskSpec["cohort"]>;
}

/** The example task with some privacy or cohort settings of its own. */
export function privateTask(changes: Changes = {}): TaskSpec {
  const parsed = parseTask(exampleTask);
  if (!parsed.ok) throw new Error("the example task is refused");
  const { task } = parsed;
  return {
    ...task,
    privacy: { ...task.privacy, ...changes.privacy },
    cohort: { ...task.cohort, ...changes.cohort },
  };
}
