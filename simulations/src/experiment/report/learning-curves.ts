import { areaY, lineY } from "@observablehq/plot";
import { studentInterval } from "../../evaluation/student-interval.js";
import { fullName } from "../arm.js";
import type { Trial } from "../trial.js";
import { type Colours, coloursAmong } from "./colours.js";
import { figure } from "./figure.js";

/** HR@10 of a sample after each round: means over seeds, in bands of 95 %. Nothing where no arm comes by in rounds. */
export function learningCurves(trials: readonly Trial[], colours: Colours): string | undefined {
  const names = [...new Set(trials.map(fullName))];
  const points = names.flatMap((arm) => {
    const courses = trials.filter((trial) => fullName(trial) === arm).map(({ course }) => course);
    return (courses[0] ?? []).flatMap(({ round }) => {
      const rates = courses.flatMap((course) => course.find((one) => one.round === round)?.hitRate ?? []);
      return rates.length > 0 ? [{ arm, round, ...studentInterval(rates) }] : [];
    });
  });
  if (points.length === 0) return undefined;
  return figure({
    color: {
      ...coloursAmong(
        colours,
        points.map(({ arm }) => arm),
      ),
      legend: true,
    },
    x: { label: "round" },
    y: { label: "HR@10", grid: true },
    marks: [
      areaY(points, { x: "round", y1: "low", y2: "high", fill: "arm", fillOpacity: 0.15 }),
      lineY(points, { x: "round", y: "mean", stroke: "arm", strokeWidth: 2 }),
    ],
  });
}
