import { type Markish, text } from "@observablehq/plot";
import { PLOT_HEIGHT, type Range } from "./figure.js";
import { spreadLabels } from "./spread-labels.js";

/** What ends at the right of a figure: a line across it, or a curve. */
export interface End {
  readonly arm: string;
  readonly mean: number;
}

const LINE = 15;
const LETTER = 6.6;
const MARGIN = 14;

/** Room for the names at the right. */
export const labelRoom = (ends: readonly End[]): number =>
  MARGIN + LETTER * Math.max(0, ...ends.map(({ arm }) => arm.length));

/** The names of what ends at the right of a figure that shows this range, none on another. */
export function endLabels(ends: readonly End[], { low, high }: Range): Markish {
  const heights = spreadLabels(
    ends.map(({ mean }) => mean),
    (LINE * (high - low)) / PLOT_HEIGHT,
  );
  const labels = ends.map((end, place) => ({ ...end, at: heights[place] ?? end.mean }));
  return text(labels, {
    y: "at",
    text: "arm",
    fill: "arm",
    frameAnchor: "right",
    textAnchor: "start",
    dx: 8,
  });
}
