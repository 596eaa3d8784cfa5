import type { TableMinimumStep } from "../layers/table-minimum.js";
import type { Layer } from "./layer.js";

export const tableMinimumLayer: Layer<TableMinimumStep> = {
  forward({ columns, table, output }, memory) {
    const [c, t, y] = [memory.indices(columns), memory.values(table), memory.values(output)];
    const [K, rows] = [columns.columns, memory.rows(output)];
    for (let i = 0; i < rows; i++) {
      const row = c.subarray(i * K, (i + 1) * K);
      y[i] = row.reduce((least, column) => Math.min(least, t[column] ?? 0), Number.POSITIVE_INFINITY);
    }
  },
  backward() {},
};
