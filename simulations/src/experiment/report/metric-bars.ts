import { axisFx, barY, link, ruleY } from "@observablehq/plot";
import { escapeHtml } from "../../report/escape-html.js";
import { fullName } from "../../scenario/arm.js";
import { tellsApart } from "../shown-metrics.js";
import type { ArmSummary } from "../summary.js";
import type { Colours } from "./colours.js";
import { figure, PLOT_WIDTH, rangeOf } from "./figure.js";
import { swatch } from "./swatch.js";

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
  colours: Colours,
): string | undefined {
  const telling = panels
    .map(({ axis, metrics }) => ({ axis, metrics: metrics.filter(({ metric }) => tellsApart(arms, metric)) }))
    .filter(({ metrics }) => metrics.length > 0);
  if (telling.length === 0 || arms.length < 2) return undefined;
  const width = telling.length > 1 ? HALF : PLOT_WIDTH;
  const drawn = telling.map((panel) => panelFigure(arms, panel, colours, width));
  const names = [...new Set(arms.map(fullName))].map(
    (arm) => `<span>${swatch(colours, arm)}${escapeHtml(arm)}</span>`,
  );
  return `<p class="legend">${names.join(" ")}</p><div class="panels">${drawn.join("")}</div>`;
}

const HALF = PLOT_WIDTH / 2;

function panelFigure(
  arms: readonly ArmSummary[],
  { axis, metrics }: Panel,
  colours: Colours,
  plotWidth: number,
): string {
  const bars = arms.flatMap((summary) =>
    metrics.flatMap(({ metric, label }) => {
      const interval = summary.metrics[metric];
      return interval ? [{ arm: fullName(summary), label, ...interval }] : [];
    }),
  );
  const range = rangeOf(
    [0, ...bars.map(({ mean }) => mean)],
    bars.flatMap(({ low, high }) => [low, high]),
  );
  return figure({
    plotWidth,
    height: 320,
    color: colours,
    x: { axis: null, domain: colours.domain, padding: 0.15 },
    fx: { label: null, padding: 0.12, domain: metrics.map(({ label }) => label) },
    y: { label: axis, grid: true, domain: [range.low, range.high] },
    marks: [
      ...(metrics.length > 1
        ? [axisFx({ anchor: "bottom", label: null, fontSize: 13 })]
        : [axisFx({ ticks: [] })]),
      barY(bars, { fx: "label", x: "arm", y: "mean", fill: "arm", title: "arm" }),
      link(bars, {
        ...{ fx: "label", x1: "arm", x2: "arm", y1: "low", y2: "high" },
        ...{ stroke: "#1d2733", strokeOpacity: 0.7, clip: true },
      }),
      ruleY([0], { stroke: "#1d2733" }),
    ],
  });
}
