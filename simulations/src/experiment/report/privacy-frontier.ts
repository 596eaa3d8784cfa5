import { dot, link, ruleY, text } from "@observablehq/plot";
import { fullName } from "../arm.js";
import type { ArmSummary } from "../summary.js";
import type { Colours } from "./colours.js";
import { figure } from "./figure.js";

/** What each budget leaves of a metric, over the levels of the arms that have none. Nothing where no arm has one. */
export function privacyFrontier(
  arms: readonly ArmSummary[],
  metric: string,
  colours: Colours,
): string | undefined {
  const points = arms.flatMap((summary) => {
    const { epsilon, metrics, variation } = summary;
    const interval = metrics[metric];
    return interval && variation === arms[0]?.variation
      ? [{ arm: fullName(summary), epsilon, ...interval }]
      : [];
  });
  const priced = points.filter(({ epsilon }) => epsilon !== null);
  if (priced.length === 0) return undefined;
  const levels = points.filter(({ epsilon }) => epsilon === null);
  return figure({
    marginRight: 150,
    color: colours,
    x: {
      label: "epsilon spent (against the released models)",
      type: "log",
      ticks: [0.25, 0.5, 1, 2, 4, 8, 16],
      tickFormat: String,
      inset: 30,
    },
    y: { label: metric.toUpperCase(), grid: true },
    marks: [
      ruleY(levels, { y: "mean", stroke: "arm", strokeDasharray: "4 3" }),
      text(levels, { y: "mean", text: "arm", frameAnchor: "right", textAnchor: "start", dx: 6, fill: "arm" }),
      link(priced, { x1: "epsilon", x2: "epsilon", y1: "low", y2: "high", stroke: "arm", strokeWidth: 2 }),
      dot(priced, { x: "epsilon", y: "mean", fill: "arm", r: 5 }),
    ],
  });
}
