import { areaY, dot, lineY, ruleY } from "@observablehq/plot";
import { studentInterval } from "../../evaluation/student-interval.js";
import { fullName } from "../../scenario/arm.js";
import type { Trial } from "../../scenario/trial.js";
import { metricLabel } from "../shown-metrics.js";
import type { ArmSummary } from "../summary.js";
import { type Colours, coloursAmong } from "./colours.js";
import { endLabels, labelRoom } from "./end-labels.js";
import { figure, rangeOf, versionAxis } from "./figure.js";

/**
 * A metric of a sample after each model version: means over seeds, in bands of 95 %; and what the other arms came to, as levels.
 * Nothing where no arm comes by in rounds.
 */
export function learningCurves(
  trials: readonly Trial[],
  arms: readonly ArmSummary[],
  metric: string,
  colours: Colours,
): string | undefined {
  const names = [...new Set(trials.map(fullName))];
  const curves = names.flatMap((arm) => {
    const points = curveOf(trials.filter((trial) => fullName(trial) === arm));
    return points.length > 0 ? [{ arm, points }] : [];
  });
  if (curves.length === 0) return undefined;
  const points = curves.flatMap(({ arm, points }) => points.map((point) => ({ arm, ...point })));
  const levels = arms.flatMap((summary) => {
    const arm = fullName(summary);
    const mean = summary.metrics[metric]?.mean;
    return mean === undefined || curves.some((curve) => curve.arm === arm) ? [] : [{ arm, mean }];
  });
  const ends = [
    ...levels,
    ...curves.flatMap(({ arm, points }) => points.slice(-1).map(({ mean }) => ({ arm, mean }))),
  ];
  const range = rangeOf(
    [...levels, ...points].map(({ mean }) => mean),
    points.flatMap(({ low, high }) => [low, high]),
  );
  return figure({
    room: labelRoom(ends),
    color: coloursAmong(
      colours,
      ends.map(({ arm }) => arm),
    ),
    x: versionAxis(points.map(({ round }) => round)),
    y: { label: metricLabel(metric), grid: true, domain: [range.low, range.high] },
    marks: [
      ruleY(levels, { y: "mean", stroke: "arm", strokeWidth: 1.5, strokeDasharray: "5 4" }),
      endLabels(ends, range),
      areaY(points, { x: "round", y1: "low", y2: "high", fill: "arm", fillOpacity: 0.08, clip: true }),
      lineY(points, { x: "round", y: "mean", stroke: "arm", strokeWidth: 2 }),
      dot(points, { x: "round", y: "mean", fill: "arm", r: 2.5, title: "arm" }),
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
