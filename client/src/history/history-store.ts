import type { Interaction } from "@tacit/shared";

/** What is kept beside the interactions, each as one small blob. */
export const RECORD_NAMES = ["identity-key", "consent", "task", "model", "update"] as const;
export type RecordName = (typeof RECORD_NAMES)[number];

/** Gives a lock back. */
export type Release = () => Promise<void>;

/**
 * Where one user's data lives on the device. A promise that resolved means durable; a crash leaves the old or the
 * new, never a half. `historyStoreContract` in the tests is what every implementation passes.
 */
export interface HistoryStore {
  /** In the order they were appended. */
  interactions(): Promise<readonly Interaction[]>;
  append(interaction: Interaction): Promise<void>;
  read(name: RecordName): Promise<Uint8Array | undefined>;
  write(name: RecordName, bytes: Uint8Array): Promise<void>;
  remove(name: RecordName): Promise<void>;
  /** Every charge, of all tabs and processes that share the data; in no order. */
  charges(): Promise<readonly Uint8Array[]>;
  /** Adds a charge under an id of lower-case hex digits. The first one stays: the same id charges nothing again. */
  charge(id: string, bytes: Uint8Array): Promise<void>;
  /** Erases all interactions but the newest `most`, at once; records and charges stay. */
  trim(most: number): Promise<void>;
  /**
   * Takes the lock of the data, or resolves to undefined while another tab or process, or an earlier call, holds it.
   * It is free again when it is given back and when its holder dies. It bars none of the other methods.
   */
  lock(): Promise<Release | undefined>;
  close(): Promise<void>;
}
