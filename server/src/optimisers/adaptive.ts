import type { ServerOptimiser } from "./server-optimiser.js";

export interface AdaptiveOptions {
  readonly learningRate: number;
  /** β1 */
  readonly momentum: number;
  /** β2 */
  readonly secondMoment: number;
  /** τ: the least that a step is divided by; v starts at τ². */
  readonly adaptivity: number;
}

/**
 * The adaptive server step of Reddi et al. 2021 ("Adaptive Federated Optimization", algorithm 2):
 * m ← β1·m + (1 − β1)·Δ, v ← secondMoment(v, Δ²), x ← x + η·m / (√v + τ), without bias correction, as published.
 * State: m, then v.
 */
export function adaptive(
  { learningRate, momentum, adaptivity }: AdaptiveOptions,
  nextSecondMoment: (v: number, square: number) => number,
): ServerOptimiser {
  return {
    step(parameters, mean, state) {
      const dimension = parameters.length;
      const fresh = state.length === 0;
      const moved = new Float32Array(dimension);
      const next = new Float32Array(2 * dimension);
      for (let i = 0; i < dimension; i++) {
        const delta = mean[i] ?? 0;
        const m = momentum * (state[i] ?? 0) + (1 - momentum) * delta;
        const v = nextSecondMoment(fresh ? adaptivity ** 2 : (state[dimension + i] ?? 0), delta * delta);
        moved[i] = (parameters[i] ?? 0) + (learningRate * m) / (Math.sqrt(v) + adaptivity);
        next[i] = m;
        next[dimension + i] = v;
      }
      return { parameters: moved, state: next };
    },
  };
}
