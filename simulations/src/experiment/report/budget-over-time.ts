import { lineY } from "@observablehq/plot";
import { fullName } from "../../scenario/arm.js";
import type { Trial } from "../../scenario/trial.js";
import { INK } from "./colours.js";
import { endLabels, labelRoom } from "./end-labels.js";
import { figure, versionAxis } from "./figure.js";
import { byStyle, COLOUR, type Look, lookOf, SOLID } from "./looks.js";

/** Of epsilons that are told apart: as many as the table has. */
const DIGITS = 2;
/** Above the largest budget, as a part of it. */
const ROOM = 0.05;

/**
 * Epsilon spent after each round by whoever took part most often, of the first seed: a line for each private arm of each
 * task, but one for all that spend the same. Nothing where nothing is promised.
 */
export function budgetOverTime(trials: readonly Trial[], looks: readonly Look[]): string | undefined {
  const seed = trials[0]?.seed;
  const priced = trials
    .filter((trial) => trial.seed === seed && trial.privacy)
    .map((trial) => ({ trial, spent: spentBy(trial) }))
    .filter(({ spent }) => spent.length > 0);
  const groups = new Map<string, { trials: Trial[]; spent: Spent[] }>();
  for (const { trial, spent } of priced) {
    const key = spent.map(({ round, epsilon }) => `${round}: ${epsilon.toFixed(DIGITS)}`).join();
    const group = groups.get(key) ?? { trials: [], spent };
    group.trials.push(trial);
    groups.set(key, group);
  }
  const all = priced.map(({ trial }) => trial);
  const lines = Array.from(groups.values(), ({ trials: alike, spent }) => ({
    ...lookOfAlike(alike, all, looks),
    title: alike.map(fullName).join("\n"),
    spent,
  }));
  if (lines.length === 0) return undefined;
  const points = lines.flatMap(({ spent, ...line }) => spent.map((point) => ({ ...line, ...point })));
  const range = { low: 0, high: (1 + ROOM) * (Math.max(...points.map(({ epsilon }) => epsilon)) || 1) };
  const ends = lines.flatMap(({ spent, ...line }) =>
    spent.slice(-1).map(({ epsilon }) => ({ ...line, mean: epsilon })),
  );
  return figure({
    ariaLabel: `Epsilon spent against the released models by model version: ${lines.map(({ arm }) => arm).join("; ")}`,
    room: labelRoom(ends),
    x: versionAxis(points.map(({ round }) => round)),
    y: {
      label: "epsilon spent, against the released models",
      grid: true,
      domain: [range.low, range.high],
    },
    marks: [
      ...byStyle(points).map(({ style, points: some }) =>
        lineY(some, {
          ...{ x: "round", y: "epsilon", z: "arm", curve: "step-after", title: "title" },
          ...{ stroke: COLOUR, strokeWidth: 2, strokeDasharray: style.dash },
        }),
      ),
      ...endLabels(ends, range),
    ],
  });
}

interface Spent {
  readonly round: number;
  readonly epsilon: number;
}

const spentBy = ({ course }: Trial): Spent[] =>
  course.flatMap(({ round, epsilon }) => (epsilon === null ? [] : [{ round, epsilon }]));

/** Of some that spend alike among all that spend: what is of one task only has its look. */
function lookOfAlike(alike: readonly Trial[], all: readonly Trial[], looks: readonly Look[]): Look {
  const [first, ...others] = alike.map(fullName);
  if (first === undefined || others.length === 0) return lookOf(looks, first ?? "");
  const arms = new Set(alike.map(({ arm }) => arm));
  const isWholeArm = arms.size === 1 && alike.length === all.filter(({ arm }) => arms.has(arm)).length;
  const [arm = ""] = arms;
  return { arm: isWholeArm ? arm : `${first} and ${others.length} more`, colour: INK, ...SOLID };
}
