import { axisFx, barY, link, ruleY } from "@observablehq/plot";
import { fullName } from "../../scenario/arm.js";
import { tellsApart } from "../shown-metrics.js";
import type { ArmSummary } from "../summary.js";
import { INK } from "./colours.js";
import { figure, PLOT_WIDTH, rangeOf } from "./figure.js";
import { byStyle, COLOUR, type Look, lookOf } from "./looks.js";

/** Metrics on one axis. */
export interface Panel {
  /** What they count, and in what. */
  readonly axis: string;
  readonly metrics: readonly { readonly metric: string; readonly label: string }[];
}

/**
 * Some metrics of every arm, with intervals of 95 %, in panels that each have an axis of their own: those that tell arms
 * apart. Nothing where none does, or there is one arm only: a bar by itself shows nothing.
 */
export function metricBars(
  arms: readonly ArmSummary[],
  panels: readonly Panel[],
  looks: readonly Look[],
): string | undefined {
  const telling = panels
    .map(({ axis, metrics }) => ({
      axis,
      metrics: metrics.filter(({ metric }) => tellsApart(arms, metric)),
      // Of several groups of people, the only one that tells arms apart is still a group.
      isLabelled: metrics.length > 1,
    }))
    .filter(({ metrics }) => metrics.length > 0);
  if (telling.length === 0 || arms.length < 2) return undefined;
  const width = telling.length > 1 ? HALF : PLOT_WIDTH;
  const drawn = telling.map((panel) => panelFigure(arms, panel, looks, width));
  return `<div class="panels">${drawn.join("")}</div>`;
}

const HALF = PLOT_WIDTH / 2;
/** Of intervals: an edge in white, so that they are seen on dark bars. */
const [LINE, HALO] = [1.5, 4];

function panelFigure(
  arms: readonly ArmSummary[],
  { axis, metrics, isLabelled }: Panel & { readonly isLabelled: boolean },
  looks: readonly Look[],
  plotWidth: number,
): string {
  const bars = arms.flatMap((summary) =>
    metrics.flatMap(({ metric, label }) => {
      const interval = summary.metrics[metric];
      return interval ? [{ ...lookOf(looks, fullName(summary)), label, ...interval }] : [];
    }),
  );
  const intervals = bars.filter(({ low, high }) => high > low);
  const range = rangeOf(
    [0, ...bars.map(({ mean }) => mean)],
    bars.flatMap(({ low, high }) => [low, high]),
  );
  const labels = metrics.map(({ label }) => label);
  const interval = (stroke: string, strokeWidth: number) =>
    link(intervals, {
      ...{ fx: "label", x1: "arm", x2: "arm", y1: "low", y2: "high" },
      ...{ stroke, strokeWidth, strokeLinecap: "butt", clip: true },
    });
  return figure({
    ariaLabel: `Bars of ${arms.length} arms: ${[axis, ...(isLabelled ? labels : [])].join(", ")}`,
    plotWidth,
    height: 320,
    x: { axis: null, domain: looks.map(({ arm }) => arm), padding: 0.15 },
    fx: { label: null, padding: 0.12, domain: labels },
    y: { label: axis, grid: true, domain: [range.low, range.high] },
    marks: [
      ...(isLabelled ? [axisFx({ anchor: "bottom", label: null, fontSize: 13 })] : [axisFx({ ticks: [] })]),
      ...byStyle(bars).map(({ style, points }) =>
        barY(points, {
          ...{ fx: "label", x: "arm", y: "mean", title: "arm" },
          ...{ fill: COLOUR, fillOpacity: style.fill },
          ...{ stroke: COLOUR, strokeWidth: 1.5, strokeDasharray: style.dash, inset: 0.75 },
        }),
      ),
      interval("white", HALO),
      interval(INK, LINE),
      ruleY([0], { stroke: INK }),
    ],
  });
}
