import type { OptimiserState } from "./optimiser.js";

/** Plain gradient descent: p ← p − η g. */
export function sgd(learningRate: number, { parameters, gradient }: OptimiserState): void {
  for (let i = 0; i < parameters.length; i++) {
    parameters[i] = (parameters[i] ?? 0) - learningRate * (gradient[i] ?? 0);
  }
}
