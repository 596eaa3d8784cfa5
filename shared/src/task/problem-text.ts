import type { TaskProblem } from "./task-problem.js";

/** A task's problems in one line, each by its field. */
export const problemText = (problems: readonly TaskProblem[]): string =>
  problems.map(({ field, message }) => `${field}: ${message}`).join("; ");
