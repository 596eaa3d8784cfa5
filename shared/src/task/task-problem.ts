/** One thing wrong with a task spec: the field's path and what it allows. */
export interface TaskProblem {
  readonly field: string;
  readonly message: string;
}
