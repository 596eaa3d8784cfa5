import { adam } from "./adam.js";
import { momentum } from "./momentum.js";
import type { Optimiser, OptimiserState } from "./optimiser.js";
import { sgd } from "./sgd.js";
import { shorten } from "./shorten.js";

/** One step of all blocks of parameters together, the `step`-th from 1, in place. */
export function applyOptimiser(optimiser: Optimiser, blocks: readonly OptimiserState[], step: number): void {
  const { kind, learningRate, gradientClip } = optimiser;
  if (gradientClip !== undefined) {
    shorten(
      blocks.map(({ gradient }) => gradient),
      gradientClip,
    );
  }
  for (const block of blocks) {
    if (kind === "sgd") sgd(learningRate, block);
    else if (kind === "adam") adam(learningRate, step, block);
    else momentum(learningRate, optimiser.momentum, block);
  }
}
