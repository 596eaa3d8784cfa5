import type { Random } from "../random/random.js";
import type { EstimatorTerms } from "./estimator-terms.js";
import type { Interval } from "./interval.js";

/**
 * The percentile bootstrap (Efron & Tibshirani 1993, §13.3): the estimate of so many logs drawn from this one with
 * replacement, and their quantiles at (1 − confidence) / 2 from both ends, interpolated. Normalised estimators are normalised
 * anew in every draw. Approximate: with few rewards, or weights that the log has not met, it is too narrow; undefined where
 * all draws say the same, as those of a log without a reward do.
 */
export function bootstrapInterval(
  { base, corrections, weights }: EstimatorTerms,
  random: Random,
  options: { readonly confidence: number; readonly draws: number },
): Interval | undefined {
  const count = base.values.length;
  const estimates = new Float64Array(options.draws);
  for (let draw = 0; draw < options.draws; draw++) {
    let [bases, corrected, weight] = [0, 0, 0];
    for (let round = 0; round < count; round++) {
      const drawn = random.integer(count);
      bases += base.values[drawn] ?? 0;
      corrected += corrections.values[drawn] ?? 0;
      if (weights) weight += weights.values[drawn] ?? 0;
    }
    const divisor = weights ? weight : count;
    estimates[draw] = bases / count + (divisor > 0 ? corrected / divisor : 0);
  }
  estimates.sort();
  const tail = (1 - options.confidence) / 2;
  const [low, high] = [quantile(estimates, tail), quantile(estimates, 1 - tail)];
  return low < high ? { low, high } : undefined;
}

/** Linear between the order statistics on both sides. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - below);
}
