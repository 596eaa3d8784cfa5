import { aligned } from "../../report/aligned.js";
import type { ExperimentResult } from "../experiment-result.js";
import { experimentCells } from "./experiment-cells.js";

/** For a terminal. */
export function experimentTable(result: ExperimentResult): string {
  const { header, rows, notes } = experimentCells(result);
  const { lines, width } = aligned([header, ...rows]);
  const [head, ...body] = lines;
  return [head, "─".repeat(width), ...body, "", ...notes].join("\n");
}
