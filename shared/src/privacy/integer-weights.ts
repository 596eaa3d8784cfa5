import { fixedExp, PRECISION } from "./fixed-point.js";
import { rationalOf, squareOf } from "./rational.js";

/**
 * Weights of x = 0, 1, …, of a distribution over the integers that is symmetric and falls from 0 on; not normalised.
 * `missing` bounds the share of the whole weight that lies beyond the last.
 */
export interface IntegerWeights {
  readonly weights: readonly bigint[];
  readonly missing: number;
}

/** The share of weight that a table may leave out, 2^−TAIL_BITS. */
const TAIL_BITS = 128;
export const MISSING_WEIGHT = 2 ** -TAIL_BITS;

/** exp(−x² / 2σ²), σ ≥ 0.1, to within 2^−140 of the largest. */
export function discreteGaussianWeights(sigma: number): IntegerWeights {
  const { numerator, denominator } = squareOf(rationalOf(sigma));
  let ratio = fixedExp({ numerator: denominator, denominator: 2n * numerator });
  const step = fixedExp({ numerator: denominator, denominator: numerator });
  const last = discreteGaussianReach(sigma);
  const weights = [1n << PRECISION];
  for (let x = 1, weight = 1n << PRECISION; x <= last; x++) {
    weight = (weight * ratio) >> PRECISION;
    ratio = (ratio * step) >> PRECISION;
    weights.push(weight);
  }
  return { weights, missing: MISSING_WEIGHT };
}

/** Beyond it lies less than 2^−TAIL_BITS of the weight. */
export const discreteGaussianReach = (sigma: number): number =>
  Math.ceil(sigma * Math.sqrt(2 * Math.LN2 * (TAIL_BITS + 2))) + 1;

/** exp(−x / scale), to within 2^−140 of the largest. */
export function discreteLaplaceWeights(scale: number): IntegerWeights {
  const { numerator, denominator } = rationalOf(scale);
  const ratio = fixedExp({ numerator: denominator, denominator: numerator });
  const last = Math.ceil(scale * Math.LN2 * TAIL_BITS) + 1;
  const weights = [1n << PRECISION];
  for (let x = 1, weight = 1n << PRECISION; x <= last; x++) {
    weight = (weight * ratio) >> PRECISION;
    weights.push(weight);
  }
  return { weights, missing: MISSING_WEIGHT };
}

/**
 * The symmetric Skellam: the difference of two Poisson variables of mean variance / 2. Its weights are the modified
 * Bessel functions I_x(variance), by Miller's downward recurrence I_(x−1) = I_(x+1) + (2x / variance)·I_x, which is
 * stable, started where the weights are below 2^−TAIL_BITS of the whole (a Poisson tail bound).
 */
export function skellamWeights(variance: number): IntegerWeights {
  const { numerator, denominator } = rationalOf(variance);
  const bits = TAIL_BITS * Math.LN2;
  const last = Math.ceil(bits + Math.sqrt(bits * bits + 2 * bits * variance)) + 1;
  const start = 2 * last;
  const weights: bigint[] = [];
  let [after, at] = [0n, 1n << PRECISION];
  for (let x = start; x >= 0; x--) {
    if (x <= last) weights.push(at);
    const before = after + (2n * BigInt(x) * denominator * at) / numerator;
    after = at;
    at = before;
  }
  weights.reverse();
  return { weights, missing: MISSING_WEIGHT };
}
