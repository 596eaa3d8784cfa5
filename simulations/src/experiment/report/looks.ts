import { fullName } from "../../scenario/arm.js";
import { armColours, INK, TASK_COLOURS } from "./colours.js";

/** How an arm is drawn in every figure. */
export interface Look extends Style {
  /** Its full name. */
  readonly arm: string;
  readonly colour: string;
}

/** What tells arms of one colour apart. */
interface Style {
  /** Of lines, and of bars' outlines: SVG's stroke-dasharray. */
  readonly dash: string;
  /** Opacity of bars within their outlines. */
  readonly fill: number;
}

export const SOLID: Style = { dash: "none", fill: 1 };

const STYLES: readonly Style[] = [
  SOLID,
  { dash: "6 3", fill: 0.45 },
  { dash: "2 3", fill: 0.2 },
  { dash: "9 3 2 3", fill: 0.08 },
  { dash: "1 5", fill: 0 },
];

interface Named {
  readonly arm: string;
  readonly variation: string;
}

/** Of one task, a colour for each arm. Of several, a colour for each task and a style for each arm. */
export function looksOf(arms: readonly Named[]): Look[] {
  const names = [...new Set(arms.map(({ arm }) => arm))];
  const tasks = [...new Set(arms.map(({ variation }) => variation))];
  if (tasks.length < 2) {
    const colours = armColours(names);
    return arms.map((named) => ({
      arm: fullName(named),
      colour: colours[names.indexOf(named.arm)] ?? INK,
      ...SOLID,
    }));
  }
  return arms.map((named) => {
    const place = tasks.indexOf(named.variation);
    // Where the colours begin anew, the styles go on.
    const round = Math.floor(place / TASK_COLOURS.length);
    const style = (names.indexOf(named.arm) + names.length * round) % STYLES.length;
    return {
      arm: fullName(named),
      colour: TASK_COLOURS[place % TASK_COLOURS.length] ?? INK,
      ...(STYLES[style] ?? SOLID),
    };
  });
}

/** @param arm its full name. */
export const lookOf = (looks: readonly Look[], arm: string): Look =>
  looks.find((look) => look.arm === arm) ?? { arm, colour: INK, ...SOLID };

/** A channel of marks that have looks: their colours as they are. */
export const COLOUR = { value: "colour", scale: null } as const;

/** Apart by style, which a mark has but one of. */
export function byStyle<Point extends Style>(
  points: readonly Point[],
): { readonly style: Style; readonly points: readonly Point[] }[] {
  const groups = new Map<string, { style: Style; points: Point[] }>();
  for (const point of points) {
    const { dash, fill } = point;
    const key = `${dash}; ${fill}`;
    const group = groups.get(key) ?? { style: { dash, fill }, points: [] };
    group.points.push(point);
    groups.set(key, group);
  }
  return [...groups.values()];
}
