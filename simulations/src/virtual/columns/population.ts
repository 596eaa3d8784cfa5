import { columnBytes, type HistoryColumns } from "./history-columns.js";

/** Clients of one part; a power of two, so that a client's part is a shift away. */
export const PART_CLIENTS = 2 ** 14;

/** All virtual clients: parts of {@link PART_CLIENTS} clients each, the last one shorter. */
export interface Population {
  readonly clients: number;
  readonly parts: readonly HistoryColumns[];
}

export const partsOf = (clients: number): number => Math.ceil(clients / PART_CLIENTS);

/** Clients of one part. */
export const sizeOfPart = (clients: number, part: number): number =>
  Math.min(PART_CLIENTS, clients - part * PART_CLIENTS);

/** The part that a client is in. */
export function partOf({ parts }: Population, client: number): HistoryColumns {
  const part = parts[Math.floor(client / PART_CLIENTS)];
  if (!part) throw new RangeError(`there is no client ${client}`);
  return part;
}

export const populationBytes = ({ parts }: Population): number =>
  parts.reduce((sum, part) => sum + columnBytes(part), 0);
