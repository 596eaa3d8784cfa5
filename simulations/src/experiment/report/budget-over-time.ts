import { lineY } from "@observablehq/plot";
import { fullName } from "../../scenario/arm.js";
import type { Trial } from "../../scenario/trial.js";
import { type Colours, coloursAmong } from "./colours.js";
import { figure, versionAxis } from "./figure.js";

/** Epsilon spent after each round by whoever took part most often, of the first seed. Nothing where nothing is promised. */
export function budgetOverTime(trials: readonly Trial[], colours: Colours): string | undefined {
  const seed = trials[0]?.seed;
  const points = trials
    .filter((trial) => trial.seed === seed && trial.variation === trials[0]?.variation && trial.privacy)
    .flatMap((trial) =>
      trial.course.flatMap(({ round, epsilon }) =>
        epsilon === null ? [] : [{ arm: fullName(trial), round, epsilon }],
      ),
    );
  if (points.length === 0) return undefined;
  return figure({
    color: {
      ...coloursAmong(
        colours,
        points.map(({ arm }) => arm),
      ),
      legend: true,
    },
    x: versionAxis(points.map(({ round }) => round)),
    y: { label: "epsilon spent, against the released models", grid: true, nice: true },
    marks: [lineY(points, { x: "round", y: "epsilon", stroke: "arm", strokeWidth: 2, curve: "step-after" })],
  });
}
