import { adamRate, FIRST_DECAY, SECOND_DECAY, STABILITY } from "../optimisers/adam.js";
import type { Optimiser } from "../optimisers/optimiser.js";
import type { KernelCalls } from "./kernel-calls.js";

/** Addresses of four vectors of `count` cells. */
export interface OptimiserPlace {
  readonly parameters: number;
  readonly gradient: number;
  readonly first: number;
  readonly second: number;
  readonly count: number;
}

/** One step, the `step`-th from 1. */
export function optimiserCall(
  optimiser: Optimiser,
  place: OptimiserPlace,
  calls: KernelCalls,
): (step: number) => void {
  const { gradientClip } = optimiser;
  const take = stepCall(optimiser, place, calls);
  if (gradientClip === undefined) return take;
  return (step) => {
    calls.shorten(place.gradient, place.count, gradientClip);
    take(step);
  };
}

function stepCall(
  optimiser: Optimiser,
  { parameters, gradient, first, second, count }: OptimiserPlace,
  calls: KernelCalls,
): (step: number) => void {
  const { kind, learningRate } = optimiser;
  if (kind === "sgd") return () => calls.sgd(parameters, gradient, count, learningRate);
  if (kind === "momentum") {
    const { momentum } = optimiser;
    return () => calls.momentum(parameters, gradient, first, count, learningRate, momentum);
  }
  return (step) => {
    const rate = adamRate(learningRate, step);
    calls.adam(parameters, gradient, first, second, count, rate, FIRST_DECAY, SECOND_DECAY, STABILITY);
  };
}
