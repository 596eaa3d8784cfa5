import type { Catalogue } from "../catalogue/catalogue.js";
import { similarity } from "../catalogue/similarity.js";

/**
 * Mean over the pairs of a slate of 1 − cosine of their features, in [0, 2]; 0 for fewer than two items. (Ziegler et
 * al. 2005, WWW, §3.2)
 */
export function intraListDiversity(catalogue: Catalogue, rows: ArrayLike<number>): number {
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < rows.length; i++) {
    for (let j = i + 1; j < rows.length; j++) {
      sum += 1 - similarity(catalogue, rows[i] ?? 0, rows[j] ?? 0);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}
