import type { OptimiserState } from "./optimiser.js";

export const FIRST_DECAY = 0.9;
export const SECOND_DECAY = 0.999;
export const STABILITY = 1e-8;

/** η of one step, with both bias corrections in it (Kingma & Ba 2014, arXiv 1412.6980, §2). */
export function adamRate(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - SECOND_DECAY ** step)) / (1 - FIRST_DECAY ** step);
}

/** Adam with its published constants (Kingma & Ba 2014, arXiv 1412.6980, Algorithm 1). Steps count from 1. */
export function adam(
  learningRate: number,
  step: number,
  { parameters, gradient, first, second }: OptimiserState,
): void {
  const rate = adamRate(learningRate, step);
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i] ?? 0;
    const m = FIRST_DECAY * (first[i] ?? 0) + (1 - FIRST_DECAY) * g;
    const v = SECOND_DECAY * (second[i] ?? 0) + (1 - SECOND_DECAY) * g * g;
    first[i] = m;
    second[i] = v;
    parameters[i] = (parameters[i] ?? 0) - (rate * m) / (Math.sqrt(v) + STABILITY);
  }
}
