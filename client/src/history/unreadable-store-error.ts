/** The bytes were not sealed with this key, or something changed them. */
export class UnreadableStoreError extends Error {
  override readonly name = "UnreadableStoreError";
  constructor(what: string) {
    super(`${what} does not open: another key, or it was changed`);
  }
}
