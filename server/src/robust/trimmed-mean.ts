import { byCoordinate } from "./by-coordinate.js";
import { corruptAmong, type RobustRule } from "./robust-rule.js";

/**
 * The mean of each coordinate without its `byzantineFraction` greatest and as many least values, one vote a vector (Yin,
 * Chen, Ramchandran, Bartlett 2018, arXiv 1803.01498, Option II).
 * @param byzantineFraction [0, 0.5).
 */
export const trimmedMean =
  (byzantineFraction: number): RobustRule =>
  (means) => {
    const trimmed = corruptAmong(means.length, byzantineFraction);
    return byCoordinate(means, (sorted) => {
      let sum = 0;
      for (let i = trimmed; i < sorted.length - trimmed; i++) sum += sorted[i] ?? 0;
      return sum / (sorted.length - 2 * trimmed);
    });
  };
