import type { ServerOptimiser } from "./server-optimiser.js";

/** v ← β·v + Δ, x ← x + η·v, from v = 0 (Hsu, Qi & Brown 2019). */
export function fedAvgM(options: { learningRate: number; momentum: number }): ServerOptimiser {
  const { learningRate, momentum } = options;
  return {
    step(parameters, mean, state) {
      const velocity = mean.map((delta, i) => momentum * (state[i] ?? 0) + delta);
      return {
        parameters: parameters.map((x, i) => x + learningRate * (velocity[i] ?? 0)),
        state: velocity,
      };
    },
  };
}
