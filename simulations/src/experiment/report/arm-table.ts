import { escapeHtml } from "../../report/escape-html.js";
import { fullName } from "../../scenario/arm.js";
import type { ArmSummary } from "../summary.js";
import { type Look, lookOf } from "./looks.js";
import { swatch } from "./swatch.js";

/** A row for each arm, beside its look; its first cell is its head. */
export function armTable(
  header: readonly string[],
  rows: readonly { readonly arm: ArmSummary; readonly cells: readonly string[] }[],
  looks: readonly Look[],
): string {
  const head = header.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows.map(({ arm, cells: [first = "", ...rest] }) => {
    const cells = rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${swatch(lookOf(looks, fullName(arm)))}${escapeHtml(first)}</th>${cells}</tr>`;
  });
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}
