import { dot, lineY, link, ruleY } from "@observablehq/plot";
import { fullName } from "../../scenario/arm.js";
import { metricLabel } from "../shown-metrics.js";
import type { ArmSummary } from "../summary.js";
import { endLabels, labelRoom } from "./end-labels.js";
import { figure, LEVEL, rangeOf } from "./figure.js";
import { COLOUR, type Look, lookOf } from "./looks.js";

const TICKS = [0.01, 0.03, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000];
/** Beside the first and the last budget. */
const ROOM = 1.15;

/** What each budget leaves of a metric, over the levels of the arms that have none. Nothing where no arm has one, where there is nothing beside it, or where tasks differ. */
export function privacyFrontier(
  arms: readonly ArmSummary[],
  metric: string,
  looks: readonly Look[],
): string | undefined {
  const points = arms.flatMap((summary) => {
    const interval = summary.metrics[metric];
    const look = lookOf(looks, fullName(summary));
    return interval ? [{ ...look, epsilon: summary.epsilon, ...interval }] : [];
  });
  const priced = points.filter(({ epsilon }) => epsilon !== null);
  if (priced.length === 0 || points.length < 2 || arms.some(({ variation }) => variation !== ""))
    return undefined;
  const spent = priced.flatMap(({ epsilon }) => epsilon ?? []);
  const [least, most] = [Math.min(...spent) / ROOM, Math.max(...spent) * ROOM];
  const levels = points.filter(({ epsilon }) => epsilon === null).map((point) => ({ ...point, dash: LEVEL }));
  const means = points.map(({ mean }) => mean);
  const range = rangeOf(means, [...means, ...priced.flatMap(({ low, high }) => [low, high])]);
  const label = metricLabel(metric);
  return figure({
    ariaLabel: `${label} by epsilon spent against the released models; private arms: ${priced.length}, others as levels: ${levels.length}`,
    room: labelRoom(levels),
    x: {
      labelAnchor: "center",
      label: "epsilon spent, against the released models (logarithmic scale)",
      type: "log",
      domain: [least, most],
      ticks: TICKS.filter((tick) => tick >= least && tick <= most),
      tickFormat: String,
    },
    y: { label, grid: true, domain: [range.low, range.high] },
    marks: [
      ruleY(levels, { y: "mean", stroke: COLOUR, strokeWidth: 1.5, strokeDasharray: LEVEL, title: "arm" }),
      ...endLabels(levels, range),
      lineY(priced, { x: "epsilon", y: "mean", stroke: "#9aa7b5", sort: "epsilon" }),
      link(priced, {
        ...{ x1: "epsilon", x2: "epsilon", y1: "low", y2: "high" },
        ...{ stroke: COLOUR, strokeWidth: 2, clip: true },
      }),
      dot(priced, { x: "epsilon", y: "mean", fill: COLOUR, r: 5, title: "arm" }),
    ],
  });
}
