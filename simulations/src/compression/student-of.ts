import {
  canonicalJson,
  layersProblems,
  parseTask,
  problemText,
  type TaskProblem,
  type TaskSpec,
} from "@tacit/shared";
import { RefusedError } from "../refused-error.js";
import { override, type TaskOverrides } from "../task-defaults/task-overrides.js";

/**
 * The task of a student: its teacher's, with these fields in their place.
 * @throws RefusedError for what is no task, or one that knows items by other features.
 */
export function studentOf(teacher: TaskSpec, overrides: TaskOverrides): TaskSpec {
  const parsed = parseTask(override(teacher, overrides));
  if (!parsed.ok) throw refused(parsed.problems);
  const { task } = parsed;
  const wrong = task.model.layers ? layersProblems(task.model.layers) : [];
  if (wrong.length > 0) throw refused(wrong);
  if (canonicalJson(task.catalogue) !== canonicalJson(teacher.catalogue)) {
    throw refused([
      { field: "catalogue", message: "a student knows items by its teacher's features: leave it out" },
    ]);
  }
  return task;
}

const refused = (problems: readonly TaskProblem[]) =>
  new RefusedError(`the student: ${problemText(problems)}`);
