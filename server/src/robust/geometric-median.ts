import { coordinateMedian } from "./coordinate-median.js";
import { squaredDistance } from "./distance.js";
import type { RobustRule } from "./robust-rule.js";

const ITERATIONS = 50;
/** Of the median distance: nearer vectors weigh no more than at this distance. */
const SMOOTHING = 1e-6;
/** Relative change of the sum of distances that ends the search. */
const PRECISE = 1e-9;

/**
 * The point of least weighted distance to all vectors, by smoothed Weiszfeld iterations (Pillutla, Kakade, Harchaoui 2019,
 * arXiv 1912.13445, Algorithm 2). They begin at the median of each coordinate and never go up, so that vectors of less than
 * half of the weight can move the result only so far, however long they are.
 */
export const geometricMedian: RobustRule = (means, weights) => {
  let point = Float64Array.from(coordinateMedian(means, weights));
  let distances = distancesTo(point, means);
  const least = SMOOTHING * (distances.toSorted()[Math.floor(distances.length / 2)] ?? 0);
  if (least === 0) return Float32Array.from(point);
  let length = weightedLength(distances, weights);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const next = reweighted(means, weights, distances, least);
    const nextDistances = distancesTo(next, means);
    const nextLength = weightedLength(nextDistances, weights);
    if (!(nextLength < length)) break;
    const gain = (length - nextLength) / length;
    [point, distances, length] = [next, nextDistances, nextLength];
    if (gain < PRECISE) break;
  }
  return Float32Array.from(point);
};

const distancesTo = (point: Float64Array, means: readonly Float32Array[]) =>
  Float64Array.from(means, (vector) => Math.sqrt(squaredDistance(vector, point)));

const weightedLength = (distances: Float64Array, weights: readonly number[]) =>
  distances.reduce((sum, distance, index) => sum + distance * (weights[index] ?? 0), 0);

/** Weiszfeld's step: the mean, each vector weighing the less the further it is away. */
function reweighted(
  means: readonly Float32Array[],
  weights: readonly number[],
  distances: Float64Array,
  least: number,
): Float64Array<ArrayBuffer> {
  const pulls = weights.map((weight, index) => weight / Math.max(least, distances[index] ?? 0));
  const total = pulls.reduce((a, b) => a + b, 0);
  const next = new Float64Array(means[0]?.length ?? 0);
  for (const [index, vector] of means.entries()) {
    const share = (pulls[index] ?? 0) / total;
    for (let i = 0; i < next.length; i++) next[i] = (next[i] ?? 0) + share * (vector[i] ?? 0);
  }
  return next;
}
