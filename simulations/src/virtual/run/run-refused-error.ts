/** What is wrong with a run's options or data, in words for the user. */
export class RunRefusedError extends Error {
  override readonly name = "RunRefusedError";
}
