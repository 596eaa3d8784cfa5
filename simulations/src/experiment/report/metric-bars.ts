import { barY, link } from "@observablehq/plot";
import { fullName } from "../arm.js";
import type { ArmSummary } from "../summary.js";
import { type Colours, coloursAmong } from "./colours.js";
import { figure } from "./figure.js";

/** Some metrics of every arm side by side, with intervals of 95 %. Nothing where no arm has any. */
export function metricBars(
  arms: readonly ArmSummary[],
  metrics: readonly { readonly metric: string; readonly label: string }[],
  colours: Colours,
): string | undefined {
  const bars = arms.flatMap((summary) =>
    metrics.flatMap(({ metric, label }) => {
      const interval = summary.metrics[metric];
      return interval ? [{ arm: fullName(summary), label, ...interval }] : [];
    }),
  );
  if (bars.length === 0) return undefined;
  return figure({
    color: {
      ...coloursAmong(
        colours,
        bars.map(({ arm }) => arm),
      ),
      legend: true,
    },
    x: { axis: null, domain: colours.domain },
    fx: {
      label: null,
      domain: metrics.map(({ label }) => label).filter((label) => bars.some((bar) => bar.label === label)),
    },
    y: { label: null, grid: true },
    marks: [
      barY(bars, { fx: "label", x: "arm", y: "mean", fill: "arm" }),
      link(bars, { fx: "label", x1: "arm", x2: "arm", y1: "low", y2: "high", stroke: "#1d2733" }),
    ],
  });
}
