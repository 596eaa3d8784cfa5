/** Rows of cells as lines, each column as wide as its widest cell, all to the left. */
export function aligned(rows: readonly (readonly string[])[]): { lines: string[]; width: number } {
  const columns = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd();
  return {
    lines: rows.map(line),
    width: widths.reduce((sum, width) => sum + width, GAP.length * (columns - 1)),
  };
}

const GAP = "  ";
