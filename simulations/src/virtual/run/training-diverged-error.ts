/** Clients train updates that are not finite, cohort after cohort: in words for the user, naming the task's fields. */
export class TrainingDivergedError extends Error {
  override readonly name = "TrainingDivergedError";
}
