import type { FeatureValue } from "@tacit/shared";

/** Rows of sparse features: each row has one entry a column, at `places` with `values`. */
export interface EncodedColumns {
  /** Entries a row. */
  readonly entries: number;
  /** Of the vector that rows are sparse in. */
  readonly width: number;
  /** Of each column's part of it. */
  readonly widths: readonly number[];
  /** rows × entries. */
  readonly places: Int32Array;
  readonly values: Float64Array;
}

type Column = readonly FeatureValue[];

/**
 * Encodes columns by what is in them: where all are numbers (or missing) the number, scaled to mean 0 and deviation 1, missing
 * ones 0; otherwise one indicator for each text that occurs.
 */
export function encodeColumns(columns: readonly Column[], rows: number): EncodedColumns {
  const places = new Int32Array(rows * columns.length);
  const values = new Float64Array(rows * columns.length);
  let width = 0;
  const widths: number[] = [];
  for (const [entry, column] of columns.entries()) {
    const numbers = asNumbers(column, rows);
    const codes = new Map<string, number>();
    for (let row = 0; row < rows; row++) {
      const at = row * columns.length + entry;
      if (numbers) {
        places[at] = width;
        values[at] = numbers[row] ?? 0;
        continue;
      }
      const text = asText(column[row]);
      const code = codes.get(text) ?? codes.size;
      codes.set(text, code);
      places[at] = width + code;
      values[at] = 1;
    }
    widths.push(numbers ? 1 : codes.size);
    width += numbers ? 1 : codes.size;
  }
  return { entries: columns.length, width, widths, places, values };
}

const isMissing = (value: FeatureValue) => value === null || value === undefined || value === "";

function asNumbers(column: Column, rows: number): Float64Array | undefined {
  const known: number[] = [];
  for (const value of column) {
    if (isMissing(value)) continue;
    const number = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
    if (!Number.isFinite(number)) return undefined;
    known.push(number);
  }
  if (known.length === 0) return undefined;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  return Float64Array.from({ length: rows }, (_, row) => {
    const value = column[row];
    return isMissing(value) || deviation === 0 ? 0 : (Number(value) - mean) / deviation;
  });
}

function asText(value: FeatureValue): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? value.join("|") : String(value);
}
