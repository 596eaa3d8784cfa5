import { escapeHtml } from "../../report/escape-html.js";
import type { Look } from "./looks.js";
import { swatch } from "./swatch.js";

/** Every arm by its full name: once a page, since arms look the same in all figures. */
export const legend = (looks: readonly Look[]): string =>
  `<p class="legend">${looks.map((look) => `<span>${swatch(look)}${escapeHtml(look.arm)}</span>`).join(" ")}</p>`;
