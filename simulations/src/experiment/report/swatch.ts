import { type Colours, coloursAmong } from "./colours.js";

/** A small square in an arm's colour. */
export function swatch(colours: Colours, arm: string): string {
  const [colour = "none"] = coloursAmong(colours, [arm]).range;
  return `<span class="swatch" style="background:${colour}"></span>`;
}
