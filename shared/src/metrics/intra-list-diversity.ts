import type { Catalogue } from "../catalogue/catalogue.js";

/**
 * Mean over the pairs of a slate of 1 − cosine of their features, in [0, 2]; 0 for fewer than two items. (Ziegler et
 * al. 2005, WWW, §3.2) The constant first column, which all items have, tells none apart and is left out.
 */
export function intraListDiversity({ features, width }: Catalogue, rows: ArrayLike<number>): number {
  const vectors = Array.from(rows, (row) => features.subarray(row * width + 1, (row + 1) * width));
  let sum = 0;
  let pairs = 0;
  for (const [i, a] of vectors.entries()) {
    for (const b of vectors.slice(i + 1)) {
      sum += 1 - cosine(a, b);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

/** 0 where one of them has no features at all. */
function cosine(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
