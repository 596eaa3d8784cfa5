import { areaY, dot, lineY, ruleY } from "@observablehq/plot";
import { studentInterval } from "../../evaluation/student-interval.js";
import { fullName } from "../../scenario/arm.js";
import type { Trial } from "../../scenario/trial.js";
import { metricLabel } from "../shown-metrics.js";
import type { ArmSummary } from "../summary.js";
import { endLabels, labelRoom } from "./end-labels.js";
import { figure, LEVEL, rangeOf, versionAxis } from "./figure.js";
import { byStyle, COLOUR, type Look, lookOf } from "./looks.js";

/**
 * A metric of a sample after each model version: means over seeds, in bands of 95 %; and what the other arms came to, as levels.
 * Nothing where no arm comes by in rounds.
 */
export function learningCurves(
  trials: readonly Trial[],
  arms: readonly ArmSummary[],
  metric: string,
  looks: readonly Look[],
): string | undefined {
  const names = [...new Set(trials.map(fullName))];
  const curves = names.flatMap((arm) => {
    const look = lookOf(looks, arm);
    const points = curveOf(trials.filter((trial) => fullName(trial) === arm));
    return points.length > 0 ? [points.map((point) => ({ ...look, ...point }))] : [];
  });
  if (curves.length === 0) return undefined;
  const points = curves.flat();
  const levels = arms.flatMap((summary) => {
    const arm = fullName(summary);
    const mean = summary.metrics[metric]?.mean;
    const hasCurve = points.some((point) => point.arm === arm);
    return mean === undefined || hasCurve ? [] : [{ ...lookOf(looks, arm), mean, dash: LEVEL }];
  });
  const ends = [...levels, ...curves.flatMap((curve) => curve.slice(-1))];
  const range = rangeOf(
    [...levels, ...points].map(({ mean }) => mean),
    points.flatMap(({ low, high }) => [low, high]),
  );
  const label = metricLabel(metric);
  return figure({
    ariaLabel: `Learning curves: ${label} by model version; arms as curves: ${curves.length}, as levels: ${levels.length}`,
    room: labelRoom(ends),
    x: versionAxis(points.map(({ round }) => round)),
    y: { label, grid: true, domain: [range.low, range.high] },
    marks: [
      ruleY(levels, { y: "mean", stroke: COLOUR, strokeWidth: 1.5, strokeDasharray: LEVEL, title: "arm" }),
      ...endLabels(ends, range),
      areaY(points, {
        ...{ x: "round", y1: "low", y2: "high", z: "arm" },
        ...{ fill: COLOUR, fillOpacity: 0.08, clip: true },
      }),
      ...byStyle(points).map(({ style, points: some }) =>
        lineY(some, {
          ...{ x: "round", y: "mean", z: "arm" },
          ...{ stroke: COLOUR, strokeWidth: 2, strokeDasharray: style.dash },
        }),
      ),
      dot(points, { x: "round", y: "mean", fill: COLOUR, r: 2.5, title: "arm" }),
    ],
  });
}

/** Where it was looked at. */
function curveOf(trials: readonly Trial[]) {
  const rounds = [...new Set(trials.flatMap(({ course }) => course.map(({ round }) => round)))];
  return rounds.flatMap((round) => {
    const values = trials.flatMap(({ course }) => course.find((one) => one.round === round)?.value ?? []);
    return values.length > 0 ? [{ round, ...studentInterval(values) }] : [];
  });
}
