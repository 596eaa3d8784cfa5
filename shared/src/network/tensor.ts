/** How many rows a tensor has in one pass: one a state, one an event of each state, one a candidate of each, or so many. */
export type Rows = "states" | "events" | "candidates" | number;

/** A matrix of a network, before any engine has given it memory. */
export interface Tensor {
  /** Place in `Network.tensors`. */
  readonly id: number;
  readonly name: string;
  readonly rows: Rows;
  /** Of all panels together. */
  readonly columns: number;
  /** Equal parts of the columns (the gates of a recurrent layer), which engines that pad columns pad one by one. */
  readonly panels: number;
  /** Whether gradients pass into it: everything but inputs. */
  readonly differentiable: boolean;
}

/** A matrix of whole numbers, always an input. */
export interface Indices {
  readonly id: number;
  readonly name: string;
  readonly rows: Rows;
  readonly columns: number;
}

/** How large one pass is. */
export interface Counts {
  readonly states: number;
  /** Of each state; 0 where only values are wanted. */
  readonly candidates: number;
}

/** Rows of a tensor in a pass of this size, with `historyLength` events a state. */
export function rowCount(rows: Rows, counts: Counts, historyLength: number): number {
  if (typeof rows === "number") return rows;
  if (rows === "states") return counts.states;
  return counts.states * (rows === "events" ? historyLength : counts.candidates);
}

/** Rows of a tensor in the largest pass, whose candidates are those of all its states together. */
export function capacityRows(rows: Rows, largest: Counts, historyLength: number): number {
  return rows === "candidates" ? largest.candidates : rowCount(rows, largest, historyLength);
}
