import { escapeHtml } from "../../report/escape-html.js";
import type { ExperimentResult } from "../experiment-result.js";
import { armTable } from "./arm-table.js";
import { experimentCells } from "./experiment-cells.js";
import type { Look } from "./looks.js";

/** The same as in a terminal, each arm beside its look. */
export function htmlTable(result: ExperimentResult, looks: readonly Look[]): string {
  const { header, rows, notes } = experimentCells(result);
  const arms = result.arms.map((arm, place) => ({ arm, cells: rows[place] ?? [] }));
  return `${armTable(header, arms, looks)}
<p class="notes">${notes.map(escapeHtml).join("<br>")}</p>`;
}
