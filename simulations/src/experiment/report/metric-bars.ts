import { axisFx, barY, link, ruleY } from "@observablehq/plot";
import { fullName } from "../arm.js";
import type { ArmSummary } from "../summary.js";
import { type Colours, coloursAmong } from "./colours.js";
import { figure, rangeOf } from "./figure.js";

export interface Bars {
  readonly metrics: readonly { readonly metric: string; readonly label: string }[];
  /** What they count, and in what. */
  readonly axis: string;
}

/** Some metrics of every arm side by side, with intervals of 95 %: those that tell arms apart. Nothing where none does. */
export function metricBars(
  arms: readonly ArmSummary[],
  { metrics, axis }: Bars,
  colours: Colours,
): string | undefined {
  const telling = metrics.filter(
    ({ metric }) => new Set(arms.flatMap((summary) => summary.metrics[metric]?.mean ?? [])).size > 1,
  );
  const bars = arms.flatMap((summary) =>
    telling.flatMap(({ metric, label }) => {
      const interval = summary.metrics[metric];
      return interval ? [{ arm: fullName(summary), label, ...interval }] : [];
    }),
  );
  if (bars.length === 0) return undefined;
  const range = rangeOf(
    [0, ...bars.map(({ mean }) => mean)],
    bars.flatMap(({ low, high }) => [low, high]),
  );
  return figure({
    color: {
      ...coloursAmong(
        colours,
        bars.map(({ arm }) => arm),
      ),
      legend: true,
    },
    x: { axis: null, domain: colours.domain, padding: 0.15 },
    fx: {
      label: null,
      padding: 0.12,
      domain: telling.map(({ label }) => label),
    },
    y: { label: axis, grid: true, domain: [range.low, range.high] },
    marks: [
      axisFx({ anchor: "bottom", label: null, fontSize: 13 }),
      barY(bars, { fx: "label", x: "arm", y: "mean", fill: "arm", title: "arm" }),
      link(bars, {
        ...{ fx: "label", x1: "arm", x2: "arm", y1: "low", y2: "high" },
        ...{ stroke: "#1d2733", strokeOpacity: 0.7, clip: true },
      }),
      ruleY([0], { stroke: "#1d2733" }),
    ],
  });
}
