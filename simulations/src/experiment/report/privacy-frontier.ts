import { dot, lineY, link, ruleY } from "@observablehq/plot";
import { fullName } from "../../scenario/arm.js";
import { metricLabel } from "../shown-metrics.js";
import type { ArmSummary } from "../summary.js";
import type { Colours } from "./colours.js";
import { endLabels, labelRoom } from "./end-labels.js";
import { figure, rangeOf } from "./figure.js";

const TICKS = [0.01, 0.03, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000];
/** Beside the first and the last budget. */
const ROOM = 1.15;

/** What each budget leaves of a metric, over the levels of the arms that have none. Nothing where no arm has one, where there is nothing beside it, or where tasks differ. */
export function privacyFrontier(
  arms: readonly ArmSummary[],
  metric: string,
  colours: Colours,
): string | undefined {
  const points = arms.flatMap((summary) => {
    const interval = summary.metrics[metric];
    return interval ? [{ arm: fullName(summary), epsilon: summary.epsilon, ...interval }] : [];
  });
  const priced = points.filter(({ epsilon }) => epsilon !== null);
  if (priced.length === 0 || points.length < 2 || arms.some(({ variation }) => variation !== ""))
    return undefined;
  const spent = priced.flatMap(({ epsilon }) => epsilon ?? []);
  const [least, most] = [Math.min(...spent) / ROOM, Math.max(...spent) * ROOM];
  const levels = points.filter(({ epsilon }) => epsilon === null);
  const means = points.map(({ mean }) => mean);
  const range = rangeOf(means, [...means, ...priced.flatMap(({ low, high }) => [low, high])]);
  return figure({
    room: labelRoom(levels),
    color: colours,
    x: {
      labelAnchor: "center",
      label: "epsilon spent, against the released models (logarithmic scale)",
      type: "log",
      domain: [least, most],
      ticks: TICKS.filter((tick) => tick >= least && tick <= most),
      tickFormat: String,
    },
    y: { label: metricLabel(metric), grid: true, domain: [range.low, range.high] },
    marks: [
      ruleY(levels, { y: "mean", stroke: "arm", strokeWidth: 1.5, strokeDasharray: "5 4" }),
      endLabels(levels, range),
      lineY(priced, { x: "epsilon", y: "mean", stroke: "#9aa7b5", sort: "epsilon" }),
      link(priced, {
        ...{ x1: "epsilon", x2: "epsilon", y1: "low", y2: "high" },
        ...{ stroke: "arm", strokeWidth: 2, clip: true },
      }),
      dot(priced, { x: "epsilon", y: "mean", fill: "arm", r: 5, title: "arm" }),
    ],
  });
}
