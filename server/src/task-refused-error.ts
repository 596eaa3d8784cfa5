import { problemText, type TaskProblem } from "@tacit/shared";

/** The task is well-formed and still cannot run; `problems` name the fields. */
export class TaskRefusedError extends Error {
  override readonly name = "TaskRefusedError";
  readonly problems: readonly TaskProblem[];

  constructor(problems: readonly TaskProblem[]) {
    super(problemText(problems));
    this.problems = problems;
  }
}
