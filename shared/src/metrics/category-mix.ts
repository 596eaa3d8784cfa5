import type { Catalogue } from "../catalogue/catalogue.js";
import { featureWidth } from "../catalogue/feature-width.js";
import type { FeatureSpec } from "../task/feature-spec.js";

/** How much of each value of the first categorical feature some items have together; nothing where there is none. */
export function categoryMix(
  { features, width }: Pick<Catalogue, "features" | "width">,
  specs: readonly FeatureSpec[],
): (rows: readonly number[]) => Float64Array {
  const place = specs.findIndex(({ kind }) => kind === "categorical");
  const first = place < 0 ? width : featureWidth(specs.slice(0, place));
  const end = place < 0 ? width : featureWidth(specs.slice(0, place + 1));
  return (rows) => {
    const sums = new Float64Array(end - first);
    for (const row of rows) {
      for (let column = first; column < end; column++) {
        sums[column - first] = (sums[column - first] ?? 0) + (features[row * width + column] ?? 0);
      }
    }
    return sums;
  };
}
