import type { MetricSum, RepeatedEvent } from "@tacit/shared";
import type { IdentityStore } from "./identity-store.js";

/** One immutable set of global parameters. */
export interface ModelVersion {
  readonly modelVersion: number;
  /** `modelHash` of this version: a link of the hash chain. 64 hex digits. */
  readonly hash: string;
  readonly previousHash: string;
  /** Of the network and, where the task adapts it, ln clip (`joinVersion`). */
  readonly parameters: Float32Array;
  /** What rounding took off this version, then the server optimiser's momenta after it; empty where neither is kept. */
  readonly optimiserState: Float32Array;
  /** What the coordinator's next noise depends on (`releaseNoise`): secret, and kept with the newest version only. */
  readonly noiseState: Int32Array;
}

/** How one model version came to be. */
export interface RoundRecord {
  readonly modelVersion: number;
  readonly cohortId: string;
  /** Clients that were selected. */
  readonly selected: number;
  /** Clients whose updates are in the sum. */
  readonly contributors: number;
  /** Means over the contributors, read through the noise; those that the task names. */
  readonly metrics: readonly MetricSum[];
  readonly committedAt: Date;
}

/** Privacy spent up to and including one version, by the client that took part most often. */
export interface LedgerEntry {
  readonly modelVersion: number;
  /** The greatest number of participations of any client. */
  readonly participations: number;
  /** Both epsilons are an accountant's reading of these, so that another one can read them again. Null: the entry is older. */
  readonly events: ObservedEvents | null;
  readonly coordinatorEpsilon: number;
  readonly releasesEpsilon: number;
  readonly delta: number;
}

/** What the participations so far are to each of the two observers. */
export interface ObservedEvents {
  /** Null: the coordinator adds the noise itself, and nothing is promised against it. */
  readonly coordinator: readonly RepeatedEvent[] | null;
  readonly releases: readonly RepeatedEvent[];
}

/** How often one client has taken part, and in which version last. */
export interface Attendance {
  readonly participations: number;
  readonly latest: number;
}

/** One update that became a part of a version. */
interface Participation {
  readonly updateId: string;
  readonly clientId: string;
  readonly modelVersion: number;
}

/** Everything one round changes; committed whole or not at all. */
export interface RoundCommit {
  readonly version: ModelVersion;
  readonly round: RoundRecord;
  readonly ledger: LedgerEntry;
  readonly participations: readonly Omit<Participation, "modelVersion">[];
}

export interface TaskOpening {
  readonly taskHash: string;
  readonly name: string;
  /** Canonical JSON of the spec. */
  readonly spec: string;
  /** Version 0; kept only when the task is new. */
  readonly initial: ModelVersion;
}

/** The coordinator's memory. One implementation of the seam per database; every one passes the same contract suite. */
export interface Store {
  /** Of all tasks: a client is enrolled with the coordinator. */
  readonly identities: IdentityStore;
  /**
   * Registers the task with its version 0, or finds it again, whatever the caller's version 0.
   * @throws TaskConflictError when the store holds another spec under this name.
   */
  openTask(opening: TaskOpening): Promise<void>;
  latest(taskHash: string): Promise<ModelVersion>;
  version(taskHash: string, modelVersion: number): Promise<ModelVersion | undefined>;
  /** The chain without its parameters, oldest first. */
  chain(taskHash: string): Promise<readonly Pick<ModelVersion, "modelVersion" | "hash" | "previousHash">[]>;
  /**
   * Appends a version with its round, ledger entry and participations, and erases the noise of the version before, in
   * one transaction and only onto the version named by `version.previousHash`: two writers cannot fork the chain, and committing the
   * same cohort again answers "committed" without a second version.
   */
  commitRound(taskHash: string, commit: RoundCommit): Promise<"committed" | "superseded">;
  rounds(taskHash: string): Promise<readonly RoundRecord[]>;
  ledger(taskHash: string): Promise<readonly LedgerEntry[]>;
  participation(taskHash: string, updateId: string): Promise<Participation | undefined>;
  /** Per client id. */
  attendance(taskHash: string): Promise<ReadonlyMap<string, Attendance>>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The store holds the same task name with another spec, hence another model and another ledger. */
export class TaskConflictError extends Error {
  override readonly name = "TaskConflictError";
  constructor(task: string) {
    super(
      `this store already holds a task "${task}" with a different spec; its ledger cannot be carried over: give the task a new name, or use another store`,
    );
  }
}
