/** One participation, charged when its upload began. */
export interface LedgerEntry {
  readonly taskHash: string;
  readonly updateId: string;
  readonly modelVersion: number;
  /** What it cost against whoever sees the released models, in zero-concentrated differential privacy. */
  readonly releasesRho: number;
}

/** The client's own account of its participations in every task. */
export type Ledger = readonly LedgerEntry[];

export function participations(ledger: Ledger, taskHash: string): number {
  return ledger.filter((entry) => entry.taskHash === taskHash).length;
}

/** All tasks together: zero-concentrated differential privacy adds up. */
export const lifetimeRho = (ledger: Ledger): number =>
  ledger.reduce((sum, { releasesRho }) => sum + releasesRho, 0);

export const encodeEntry = (entry: LedgerEntry): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(entry));

/** @throws when the bytes are no entry: a client that does not know what it spent must not spend more. */
export function decodeEntry(bytes: Uint8Array): LedgerEntry {
  const entry: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!isEntry(entry)) throw new Error("the ledger is damaged");
  return entry;
}

function isEntry(value: unknown): value is LedgerEntry {
  return (
    typeof value === "object" &&
    value !== null &&
    "taskHash" in value &&
    typeof value.taskHash === "string" &&
    "updateId" in value &&
    typeof value.updateId === "string" &&
    "modelVersion" in value &&
    typeof value.modelVersion === "number" &&
    "releasesRho" in value &&
    typeof value.releasesRho === "number"
  );
}
