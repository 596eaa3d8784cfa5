import { type AdaptiveOptions, adaptive } from "./adaptive.js";
import type { ServerOptimiser } from "./server-optimiser.js";

/** {@link adaptive} with v ← v − (1 − β2)·Δ²·sign(v − Δ²): v forgets a burst of large updates slowly. */
export function fedYogi(options: AdaptiveOptions): ServerOptimiser {
  const { secondMoment } = options;
  return adaptive(options, (v, square) => v - (1 - secondMoment) * square * Math.sign(v - square));
}
