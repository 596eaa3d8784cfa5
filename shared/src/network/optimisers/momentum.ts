import type { OptimiserState } from "./optimiser.js";

/** Heavy-ball momentum (Polyak 1964): v ← μ v + g, p ← p − η v. */
export function momentum(
  learningRate: number,
  factor: number,
  { parameters, gradient, first }: OptimiserState,
): void {
  for (let i = 0; i < parameters.length; i++) {
    const velocity = factor * (first[i] ?? 0) + (gradient[i] ?? 0);
    first[i] = velocity;
    parameters[i] = (parameters[i] ?? 0) - learningRate * velocity;
  }
}
