import type { Catalogue } from "./catalogue.js";

/**
 * Cosine of the features of two items (rows) as networks see them, from −1 to 1; 0 where one of them has no features at all. The
 * constant first column, which all items have, tells none apart and is left out; that a number is missing is something that two items may share.
 */
export function similarity(
  { features, width }: Pick<Catalogue, "features" | "width">,
  a: number,
  b: number,
): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let column = 1; column < width; column++) {
    const [x, y] = [features[a * width + column] ?? 0, features[b * width + column] ?? 0];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
