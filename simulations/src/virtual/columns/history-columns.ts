import type { Features } from "@tacit/shared";
import type { Column } from "./column.js";

/** Times as multiples of `unit` milliseconds after `origin`. */
export interface TimeScale {
  readonly origin: number;
  readonly unit: number;
}

/** Whole numbers with names: code 0 is none, code k stands for values[k − 1]. */
export interface ValueCodes {
  readonly values: readonly number[];
}

/**
 * The interactions of consecutive clients in columns, each client's oldest first and with the held-out one last. A
 * column that nothing needs is absent. Strings are gone: items are rows of the catalogue, and recommendations are
 * numbered for each client in order of appearance. Propensities are in single precision, as training reads them;
 * all else is exact.
 */
export interface HistoryColumns<C = Column> {
  /** The first client's number in the population. */
  readonly first: number;
  readonly clients: number;
  /** clients + 1 places: where each one's interactions begin. */
  readonly offsets: C;
  /** Rows of the catalogue. */
  readonly items: C;
  /** Positions in INTERACTION_KINDS. */
  readonly kinds: C;
  readonly times: C;
  readonly timeScale: TimeScale;
  /** Codes where there are few distinct ones, else the values themselves, NaN for none. */
  readonly values?: C;
  readonly valueCodes?: ValueCodes;
  /** Number of the recommendation + 1, 0 for none. */
  readonly recommendations?: C;
  /** Position + 1, 0 for none. */
  readonly positions?: C;
  /** 0 for none. */
  readonly propensities?: C;
  /** Place in `contextValues` + 1, 0 for none. */
  readonly contexts?: C;
  readonly contextValues?: readonly Features[];
}

export function columnBytes(columns: HistoryColumns): number {
  const { offsets, items, kinds, times, values, recommendations, positions, propensities, contexts } =
    columns;
  return [offsets, items, kinds, times, values, recommendations, positions, propensities, contexts].reduce(
    (sum, column) => sum + (column?.byteLength ?? 0),
    0,
  );
}
