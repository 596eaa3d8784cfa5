import type { Catalogue } from "../../catalogue/catalogue.js";
import { categoriesOf } from "../../catalogue/item-feature.js";
import type { FeatureSpec } from "../../task/feature-spec.js";
import type { RuledCandidates, SlateRule } from "./slate-rule.js";

/** At most `most` items of each value of a categorical feature; an item of several values counts for each. */
export function categoryCap(
  { feature, most }: { readonly feature: string; readonly most: number },
  { rows }: Pick<RuledCandidates, "rows">,
  specs: readonly FeatureSpec[],
  catalogue: Catalogue,
): SlateRule {
  const categories = Array.from(rows, (row) => categoriesOf(specs, catalogue, feature, row));
  const shown = new Map<number, number>();
  return {
    adjust(scores) {
      for (const [candidate, own] of categories.entries()) {
        if (own.some((category) => (shown.get(category) ?? 0) >= most))
          scores[candidate] = Number.NEGATIVE_INFINITY;
      }
    },
    shown(candidate) {
      for (const category of categories[candidate] ?? []) shown.set(category, (shown.get(category) ?? 0) + 1);
    },
  };
}
