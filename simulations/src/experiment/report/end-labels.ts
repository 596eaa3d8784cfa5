import { type Markish, ruleY, text } from "@observablehq/plot";
import { spreadLabels } from "../../report/spread-labels.js";
import { INK } from "./colours.js";
import { PLOT_HEIGHT, PLOT_WIDTH, type Range } from "./figure.js";
import { byStyle, COLOUR, type Look } from "./looks.js";
import { shortened } from "./shortened.js";

/** What ends at the right of a figure: a line across it, or a curve. */
export interface End extends Look {
  readonly mean: number;
  /** Said of it where it is pointed at; its name when left out. */
  readonly title?: string;
}

const LINE = 15;
const LETTER = 6.6;
const MARGIN = 14;
/** Pixels from the figure to a piece of the line, and from there to its name. */
const [GAP, PIECE] = [6, 20];

/** Room for the names at the right. */
export const labelRoom = (ends: readonly End[]): number =>
  MARGIN + GAP + PIECE + LETTER * Math.max(0, ...ends.map(({ arm }) => shortened(arm).length));

/** The names of what ends at the right of a figure that shows this range, none on another, each beside a piece of its line. */
export function endLabels(ends: readonly End[], range: Range): Markish[] {
  const heights = spreadLabels(
    ends.map(({ mean }) => mean),
    (LINE * (range.high - range.low)) / PLOT_HEIGHT,
    range,
  );
  const labels = ends.map((end, place) => ({
    ...end,
    at: heights[place] ?? end.mean,
    name: shortened(end.arm),
    title: end.title ?? end.arm,
  }));
  return [
    ...byStyle(labels).map(({ style, points }) =>
      ruleY(points, {
        ...{ y: "at", stroke: COLOUR, strokeWidth: 2.5, strokeDasharray: style.dash },
        ...{ insetLeft: PLOT_WIDTH + GAP, insetRight: -(GAP + PIECE) },
      }),
    ),
    text(labels, {
      ...{ y: "at", text: "name", fill: INK, title: "title" },
      ...{ frameAnchor: "right", textAnchor: "start", dx: GAP + PIECE + GAP },
    }),
  ];
}
