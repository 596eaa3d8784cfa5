import { adam } from "./adam.js";
import { momentum } from "./momentum.js";
import type { Optimiser, OptimiserState } from "./optimiser.js";
import { sgd } from "./sgd.js";

/** One step, the `step`-th from 1, in place. */
export function applyOptimiser(optimiser: Optimiser, state: OptimiserState, step: number): void {
  const { kind, learningRate } = optimiser;
  if (kind === "sgd") sgd(learningRate, state);
  else if (kind === "adam") adam(learningRate, step, state);
  else momentum(learningRate, optimiser.momentum, state);
}
