/** The cells of a matrix that are not zero, row by row. */
export interface SparseRows {
  /** Rows + 1 places: where each row's entries begin. */
  readonly starts: Int32Array;
  /** One an entry. */
  readonly columns: Int32Array;
  readonly values: Float32Array;
  /** Entries of the fullest row. */
  readonly most: number;
}

/** Of rows `width` cells long. */
export function sparseRows(cells: Float32Array, width: number): SparseRows {
  const size = width > 0 ? cells.length / width : 0;
  const starts = new Int32Array(size + 1);
  let entries = 0;
  let most = 0;
  for (let row = 0; row < size; row++) {
    for (let at = row * width; at < (row + 1) * width; at++) if (cells[at] !== 0) entries++;
    starts[row + 1] = entries;
    most = Math.max(most, entries - (starts[row] ?? 0));
  }
  const columns = new Int32Array(entries);
  const values = new Float32Array(entries);
  for (let at = 0, entry = 0; entry < entries; at++) {
    const value = cells[at] ?? 0;
    if (value === 0) continue;
    columns[entry] = at % width;
    values[entry++] = value;
  }
  return { starts, columns, values, most };
}

/** The inverse of {@link sparseRows}. */
export function denseRows({ starts, columns, values }: SparseRows, width: number): Float32Array {
  const cells = new Float32Array((starts.length - 1) * width);
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      cells[row * width + (columns[at] ?? 0)] = values[at] ?? 0;
    }
  }
  return cells;
}
