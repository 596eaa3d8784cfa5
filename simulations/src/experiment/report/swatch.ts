import type { Look } from "./looks.js";

const [WIDTH, HEIGHT] = [22, 12];

/** A small box as an arm's bars are, beside its name. */
export const swatch = ({ colour, dash, fill }: Look): string =>
  `<svg class="swatch" aria-hidden="true" width="${WIDTH}" height="${HEIGHT}"><rect x="1" y="1" width="${WIDTH - 2}" height="${HEIGHT - 2}" fill="${colour}" fill-opacity="${fill}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/></svg>`;
