import type { ServerOptimiser } from "./server-optimiser.js";

/** x ← x + η·Δ (McMahan et al. 2017; η = 1 is plain averaging). */
export function fedAvg({ learningRate }: { learningRate: number }): ServerOptimiser {
  return {
    step: (parameters, mean) => ({
      parameters: parameters.map((x, i) => x + learningRate * (mean[i] ?? 0)),
      state: new Float32Array(0),
    }),
  };
}
