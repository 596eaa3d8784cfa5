import { dot, text } from "@observablehq/plot";
import { type Catalogue, categoryMix, type TaskSpec } from "@tacit/shared";
import { figure } from "../report/figure.js";
import { principalAxes } from "./principal-axes.js";

const COLOURS = 9;
/** So few can be named in the picture. */
const NAMED = 15;
/** Where dots of more would lie on each other. */
const MANY = 200;

/** Items by the two main directions of their vectors, in the colour of their first categorical feature. */
export function itemMap(task: TaskSpec, catalogue: Catalogue, vectors: Float64Array): string {
  const kindOf = firstCategory(task, catalogue);
  const kinds = catalogue.ids.map((_, row) => kindOf(row));
  const common = mostCommon(kinds, COLOURS);
  const points = principalAxes(vectors, vectors.length / catalogue.size).map((point, row) => ({
    ...point,
    kind: common.includes(kinds[row] ?? "") ? (kinds[row] ?? "") : OTHERS,
    title: catalogue.ids[row] ?? "",
  }));
  return figure({
    ariaLabel: "Items by the two main directions of their vectors",
    height: 480,
    color: {
      domain: points.some(({ kind }) => kind === OTHERS) ? [...common, OTHERS] : common,
      scheme: "tableau10",
      legend: true,
    },
    x: { label: null, ticks: [] },
    y: { label: null, ticks: [] },
    inset: 20,
    marks: [
      dot(points, {
        ...{ x: "x", y: "y", fill: "kind", fillOpacity: 0.75, title: "title" },
        r: points.length > MANY ? 2.5 : 5,
      }),
      ...(points.length > NAMED ? [] : [text(points, { x: "x", y: "y", text: "title", dy: -13 })]),
    ],
  });
}

const OTHERS = "others";

/** The value of the first categorical feature that an item has most of. */
function firstCategory({ catalogue: { features } }: TaskSpec, catalogue: Catalogue): (row: number) => string {
  const feature = features.find(({ kind }) => kind === "categorical");
  const mix = categoryMix(catalogue, features);
  return (row) => {
    const parts = mix([row]);
    const most = parts.reduce((best, part, place) => (part > (parts[best] ?? 0) ? place : best), 0);
    const named = feature?.kind === "categorical" ? feature.values[most] : undefined;
    return (parts[most] ?? 0) > 0 ? (named ?? OTHERS) : OTHERS;
  };
}

function mostCommon(values: readonly string[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  counts.delete(OTHERS);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([value]) => value);
}
