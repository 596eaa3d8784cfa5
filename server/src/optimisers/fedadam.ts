import { type AdaptiveOptions, adaptive } from "./adaptive.js";
import type { ServerOptimiser } from "./server-optimiser.js";

/** {@link adaptive} with v ← β2·v + (1 − β2)·Δ². */
export function fedAdam(options: AdaptiveOptions): ServerOptimiser {
  const { secondMoment } = options;
  return adaptive(options, (v, square) => secondMoment * v + (1 - secondMoment) * square);
}
