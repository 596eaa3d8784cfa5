/** What a connection says to whoever opened it. */
export interface ConnectionListener {
  connected(): void;
  disconnected(): void;
  /** A message from the coordinator; untrusted. */
  message(event: string, payload: unknown): void;
}

export interface Connection {
  /** Sends a message and resolves to its answer; untrusted. Rejects when the connection ends before, or after `seconds`. */
  request(event: string, payload: unknown, seconds: number): Promise<unknown>;
  close(): void;
}

/** Where the task and its models come from. Everything that comes out of it is untrusted. */
export interface ModelSource {
  /** `GET /v1/tasks/:task`, parsed JSON. Rejects when the coordinator cannot be reached. */
  fetchTask(task: string): Promise<unknown>;
  /**
   * `GET /v1/tasks/:task/models/:version`, with `?from=` a version that is held: the answer may then be the difference
   * from that one.
   */
  fetchModel(task: string, modelVersion: number, from?: number): Promise<FetchedModel>;
}

/** How a coordinator is reached. Everything that comes out of it is untrusted. */
export interface Transport extends ModelSource {
  /** Connects, and again by itself whenever the connection is lost, until `close`. */
  connect(listener: ConnectionListener): Connection;
}

export interface FetchedModel {
  readonly packet: Uint8Array;
  /** The version before it in the hash chain, 64 hex digits. */
  readonly previousHash: string;
}
