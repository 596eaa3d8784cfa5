import { describe, expect, it } from "vitest";
import { INK, TASK_COLOURS } from "../../src/experiment/report/colours.js";
import { byStyle, looksOf } from "../../src/experiment/report/looks.js";
import { COLOUR_VISIONS, contrast, distance } from "./support/colour-vision.js";

/** Okabe and Ito 2008. */
const REFERENCE = ["#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"];

const pairs = (colours: readonly string[]) =>
  colours.flatMap((a, i) => colours.slice(i + 1).map((b) => [a, b] as const));

const closest = (colours: readonly string[]) =>
  Math.min(
    ...Object.values(COLOUR_VISIONS).flatMap((vision) =>
      pairs(colours).map(([a, b]) => distance(a, b, vision)),
    ),
  );

const federations = ["federated, no privacy", "federated, epsilon 8"];
const swept = (tasks: number) =>
  Array.from({ length: tasks }, (_, i) => federations.map((arm) => ({ arm, variation: `clip=${i}` }))).flat();

describe("the colours of tasks", () => {
  it("are further apart than Okabe and Ito's to everybody, whichever cones they lack", () => {
    expect(closest(TASK_COLOURS)).toBeGreaterThan(closest(REFERENCE));
  });

  it("stand out from white as graphics have to, and ink as text has to", () => {
    for (const colour of TASK_COLOURS) expect(contrast(colour)).toBeGreaterThanOrEqual(3);
    expect(contrast(INK)).toBeGreaterThanOrEqual(4.5);
  });
});

describe("the looks of arms", () => {
  it("are a colour of its own for each arm of one task", () => {
    const arms = ["random", ...federations, "oracle"].map((arm) => ({ arm, variation: "" }));
    const looks = looksOf(arms);
    expect(looks.map(({ arm }) => arm)).toEqual(arms.map(({ arm }) => arm));
    expect(new Set(looks.map(({ colour }) => colour)).size).toBe(4);
    for (const { colour, dash } of looks) {
      expect(colour).toMatch(/^#[0-9a-f]{6}$/);
      expect(dash).toBe("none");
    }
  });

  it("are a colour for each of several tasks, and a style for each arm", () => {
    const looks = looksOf(swept(3));
    const [first, second] = [looks.filter((_, i) => i % 2 === 0), looks.filter((_, i) => i % 2 === 1)];
    expect(first.map(({ colour }) => colour)).toEqual(second.map(({ colour }) => colour));
    expect(new Set(looks.map(({ colour }) => colour)).size).toBe(3);
    expect(new Set(first.map(({ dash }) => dash))).toEqual(new Set(["none"]));
    expect(new Set(second.map(({ dash }) => dash)).size).toBe(1);
    expect(first[0]?.dash).not.toBe(second[0]?.dash);
  });

  it("are all different where there are more tasks than colours", () => {
    const looks = looksOf(swept(2 * TASK_COLOURS.length));
    expect(new Set(looks.map(({ colour, dash }) => `${colour} ${dash}`)).size).toBe(looks.length);
  });

  it("can be drawn style by style", () => {
    const groups = byStyle(looksOf(swept(3)));
    expect(groups.map(({ points }) => points.length)).toEqual([3, 3]);
    for (const { style, points } of groups) {
      for (const { dash, fill } of points) expect({ dash, fill }).toEqual(style);
    }
  });
});
