import type { CompiledNetwork } from "../network/engine.js";
import type { ItemsInput } from "../network/recommender-inputs.js";
import type { ItemViews } from "./item-views.js";

/** Writes one item, a row of the catalogue, as row `to` of a network's items. */
export function writeItem(
  { views, present }: ItemViews,
  item: number,
  compiled: CompiledNetwork,
  into: ItemsInput,
  to: number,
): void {
  if (into.present && present) {
    const { cells, stride } = compiled.values(into.present);
    cells.set(present.subarray(item * views.length, (item + 1) * views.length), to * stride);
  }
  for (const [i, { features, width, entries }] of views.entries()) {
    const view = into.views[i];
    if (view?.kind === "dense") {
      const { cells, stride } = compiled.values(view.features);
      cells.set(features.subarray(item * width, (item + 1) * width), to * stride);
    } else if (view && entries) {
      const [from, end] = [entries.starts[item] ?? 0, entries.starts[item + 1] ?? 0];
      const { cells, stride } = compiled.values(view.values);
      compiled.indices(view.columns).set(entries.columns.subarray(from, end), to * entries.most);
      cells.set(entries.values.subarray(from, end), to * stride);
      cells.fill(0, to * stride + end - from, to * stride + entries.most);
    }
  }
}
