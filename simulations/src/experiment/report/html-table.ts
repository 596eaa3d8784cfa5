import { escapeHtml } from "../../report/escape-html.js";
import { fullName } from "../../scenario/arm.js";
import type { ExperimentResult } from "../experiment-result.js";
import type { Colours } from "./colours.js";
import { experimentCells } from "./experiment-cells.js";
import { swatch } from "./swatch.js";

/** The same as in a terminal, each arm in its colour. */
export function htmlTable(result: ExperimentResult, colours: Colours): string {
  const { header, rows, notes } = experimentCells(result);
  const body = rows.map((row, place) => {
    const summary = result.arms[place];
    const [first = "", ...rest] = row;
    const colour = summary ? swatch(colours, fullName(summary)) : "";
    const cells = rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${colour}${escapeHtml(first)}</th>${cells}</tr>`;
  });
  const head = header.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>
<p class="notes">${notes.map(escapeHtml).join("<br>")}</p>`;
}
