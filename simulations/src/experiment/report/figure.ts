import { type PlotOptions, plot, type ScaleOptions } from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Pixels of what is drawn. */
export const PLOT_WIDTH = 720;
const [MARGIN_LEFT, MARGIN_RIGHT] = [60, 30];
const [HEIGHT, MARGIN_TOP, MARGIN_BOTTOM] = [400, 30, 44];

/** Pixels from a figure's lowest value to its highest. */
export const PLOT_HEIGHT = HEIGHT - MARGIN_TOP - MARGIN_BOTTOM;

export interface FigureOptions extends PlotOptions {
  readonly ariaLabel: string;
  /** Pixels of what is drawn, and to the right of it, for names. */
  readonly plotWidth?: number;
  readonly room?: number;
}

/** How a level is drawn across a figure: the figure of an arm that has no versions, or no budget. */
export const LEVEL = "5 4";

/**
 * One SVG, or SVG with its legend, as text: no script, nothing loaded. `ariaLabel` says what it shows to who does not see it.
 */
export function figure({ plotWidth = PLOT_WIDTH, room = MARGIN_RIGHT, ...options }: FigureOptions): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const drawn = plot({
    width: MARGIN_LEFT + plotWidth + room,
    height: HEIGHT,
    marginTop: MARGIN_TOP,
    marginRight: room,
    marginBottom: MARGIN_BOTTOM,
    marginLeft: MARGIN_LEFT,
    style: { fontSize: "12px" },
    ...options,
    document,
  });
  document.body.append(drawn);
  for (const svg of document.querySelectorAll("svg")) {
    // Those of a legend are the colours of names beside them.
    if (svg.parentElement?.closest("[class$=-swatch], [class*=-swatches]")) {
      svg.setAttribute("aria-hidden", "true");
    } else svg.setAttribute("role", "img");
  }
  return document.body.innerHTML;
}

const MOST_TICKS = 10;

/** Model versions are whole numbers. */
export const versionAxis = (versions: readonly number[]): ScaleOptions => ({
  label: "model version",
  labelAnchor: "center",
  ticks: Math.min(MOST_TICKS, Math.max(...versions)),
  tickFormat: "d",
});

/** What an axis shows. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const ROOM = 0.06;

/** All of the means with some room around them, and of their intervals what is no further away than the means are wide. */
export function rangeOf(means: readonly number[], bounds: readonly number[]): Range {
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const span = high - low || Math.abs(high) || 1;
  const room = ROOM * span;
  return {
    low: Math.max(Math.min(low, ...bounds), low - span) - room,
    high: Math.min(Math.max(high, ...bounds), high + span) + room,
  };
}
