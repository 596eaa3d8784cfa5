import type { RobustRule } from "./robust-rule.js";

/** The mean of all clients: not robust, and the least noise. */
export const mean: RobustRule = (means, weights) => {
  const sum = new Float64Array(means[0]?.length ?? 0);
  const total = weights.reduce((a, b) => a + b, 0);
  for (const [index, vector] of means.entries()) {
    const share = (weights[index] ?? 0) / total;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + share * (vector[i] ?? 0);
  }
  return Float32Array.from(sum);
};
