import { squaredDistance } from "./distance.js";
import { mean } from "./mean.js";
import { corruptAmong, type RobustRule } from "./robust-rule.js";

/**
 * The one vector that is nearest to its k − f − 2 nearest others, f of k being corrupt (Blanchard, El Mhamdi, Guerraoui,
 * Stainer 2017, arXiv 1703.02757). Guaranteed for k ≥ 2f + 3; where fewer came, f is lowered. Takes k²·d / 2 steps.
 * @param byzantineFraction f / k, [0, 0.5).
 */
export const krum =
  (byzantineFraction: number): RobustRule =>
  (means) =>
    Float32Array.from(bestFirst(means, byzantineFraction)[0] ?? []);

/**
 * The mean of the k − f vectors that Krum likes best (Blanchard et al. 2017, Section 5).
 * @param byzantineFraction f / k, [0, 0.5).
 */
export const multiKrum =
  (byzantineFraction: number): RobustRule =>
  (means) => {
    const chosen = bestFirst(means, byzantineFraction).slice(
      0,
      means.length - toleratedBy(means, byzantineFraction),
    );
    return mean(
      chosen,
      chosen.map(() => 1),
    );
  };

const toleratedBy = (means: readonly Float32Array[], byzantineFraction: number) =>
  Math.max(0, Math.min(corruptAmong(means.length, byzantineFraction), Math.floor((means.length - 3) / 2)));

/** By Krum's score; equal scores by their coordinates, so that the order in which vectors came never matters. */
function bestFirst(means: readonly Float32Array[], byzantineFraction: number): Float32Array[] {
  const neighbours = Math.max(1, means.length - toleratedBy(means, byzantineFraction) - 2);
  const distances = pairwise(means);
  return means
    .map((vector, index) => ({ vector, score: nearest(distances[index] ?? [], index, neighbours) }))
    .sort((a, b) => a.score - b.score || lexicographic(a.vector, b.vector))
    .map(({ vector }) => vector);
}

function pairwise(means: readonly Float32Array[]): number[][] {
  const distances = means.map(() => new Array<number>(means.length).fill(0));
  for (const [i, a] of means.entries()) {
    for (const [j, b] of means.slice(0, i).entries()) {
      const distance = squaredDistance(a, b);
      distances[i]?.splice(j, 1, distance);
      distances[j]?.splice(i, 1, distance);
    }
  }
  return distances;
}

const nearest = (distances: readonly number[], self: number, count: number) =>
  Float64Array.from(distances.filter((_, other) => other !== self))
    .sort()
    .slice(0, count)
    .reduce((sum, distance) => sum + distance, 0);

function lexicographic(a: Float32Array, b: Float32Array): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
