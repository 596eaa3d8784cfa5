/** What is wrong with a command's options or data, in words for the user. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}
