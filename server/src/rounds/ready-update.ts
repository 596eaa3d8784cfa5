/** A sealed update that a client says it holds; the coordinator has not seen it. */
export interface ReadyUpdate {
  readonly clientId: string;
  readonly updateId: string;
  /** The version it was trained from. */
  readonly modelVersion: number;
}
