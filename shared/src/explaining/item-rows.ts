import type { ItemView, ItemViews, ViewedCatalogue } from "../learning/item-views.js";
import { bucketsOf } from "../learning/prior/item-buckets.js";

/** Some rows of a catalogue, as columns. */
export function itemRows({ views, present, buckets }: ItemViews, rows: readonly number[]): ItemViews {
  const chosen = views.map((view) => {
    const features = new Float32Array(rows.length * view.width);
    for (const [to, row] of rows.entries()) addRow(view, row, 1, features, to * view.width);
    return { width: view.width, features };
  });
  const bucketed = buckets && {
    buckets: Int32Array.from(rows.flatMap((row) => [...bucketsOf(buckets, row)])),
  };
  if (!present) return { views: chosen, ...bucketed };
  const flags = rows.map((row) => present.subarray(row * views.length, (row + 1) * views.length));
  return { views: chosen, present: Float32Array.from(flags.flatMap((row) => [...row])), ...bucketed };
}

const averages = new WeakMap<ItemViews["views"], ItemViews>();

/** One row: the average of all, which has something to see in every way. */
export function averageItem({ views, size, present }: ViewedCatalogue): ItemViews {
  const known = averages.get(views);
  if (known) return known;
  const chosen = views.map((view) => {
    const features = new Float32Array(view.width);
    for (let row = 0; row < size; row++) addRow(view, row, 1 / size, features, 0);
    return { width: view.width, features };
  });
  const average = { views: chosen, ...(present && { present: new Float32Array(views.length).fill(1) }) };
  averages.set(views, average);
  return average;
}

function addRow(
  { width, features, entries }: ItemView,
  row: number,
  weight: number,
  into: Float32Array,
  first: number,
): void {
  const add = (column: number, value: number) => {
    into[first + column] = (into[first + column] ?? 0) + weight * value;
  };
  if (entries) {
    for (let at = entries.starts[row] ?? 0; at < (entries.starts[row + 1] ?? 0); at++) {
      add(entries.columns[at] ?? 0, entries.values[at] ?? 0);
    }
  } else {
    for (let column = 0; column < width; column++) add(column, features[row * width + column] ?? 0);
  }
}
