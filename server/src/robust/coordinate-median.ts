import { byCoordinate } from "./by-coordinate.js";
import type { RobustRule } from "./robust-rule.js";

/**
 * The median of each coordinate, one vote a vector (Yin, Chen, Ramchandran, Bartlett 2018, arXiv 1803.01498, Option I).
 * Stays within the honest values while fewer than half of the vectors are corrupt.
 */
export const coordinateMedian: RobustRule = (means) => byCoordinate(means, middle);

function middle(sorted: Float32Array): number {
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
