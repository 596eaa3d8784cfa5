import { escapeHtml } from "../../report/escape-html.js";
import type { ExperimentResult } from "../experiment-result.js";
import { armTable } from "./arm-table.js";
import type { Colours } from "./colours.js";
import { experimentCells } from "./experiment-cells.js";

/** The same as in a terminal, each arm in its colour. */
export function htmlTable(result: ExperimentResult, colours: Colours): string {
  const { header, rows, notes } = experimentCells(result);
  const arms = result.arms.map((arm, place) => ({ arm, cells: rows[place] ?? [] }));
  return `${armTable(header, arms, colours)}
<p class="notes">${notes.map(escapeHtml).join("<br>")}</p>`;
}
