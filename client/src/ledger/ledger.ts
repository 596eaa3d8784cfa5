/** One participation, charged when its upload began. */
export interface LedgerEntry {
  readonly taskHash: string;
  readonly updateId: string;
  readonly modelVersion: number;
}

/** The client's own account of its participations, oldest first. */
export type Ledger = readonly LedgerEntry[];

/** Charges an update once: sending the same bytes again reveals nothing more. */
export function charge(ledger: Ledger, entry: LedgerEntry): Ledger {
  return ledger.some(({ updateId }) => updateId === entry.updateId) ? ledger : [...ledger, entry];
}

export function participations(ledger: Ledger, taskHash: string): number {
  return ledger.filter((entry) => entry.taskHash === taskHash).length;
}

export const encodeLedger = (ledger: Ledger): Uint8Array => new TextEncoder().encode(JSON.stringify(ledger));

/** @throws when the bytes are no ledger: a client that does not know what it spent must not spend more. */
export function decodeLedger(bytes: Uint8Array): Ledger {
  const entries: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!Array.isArray(entries) || !entries.every(isEntry)) throw new Error("the ledger is damaged");
  return entries;
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
    typeof value.modelVersion === "number"
  );
}
