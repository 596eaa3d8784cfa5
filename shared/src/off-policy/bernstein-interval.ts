import { type EstimatorTerms, type Samples, sum } from "./estimator-terms.js";
import type { Interval } from "./interval.js";

/**
 * The empirical Bernstein bound (Maurer & Pontil 2009, arXiv 0907.3740, theorem 4), on both sides: with probability
 * `confidence` the mean of independent values in [minimum, maximum] is within
 *
 *   √(2 V ln(4/δ) / n) + 7 (maximum − minimum) ln(4/δ) / (3 (n − 1)),   δ = 1 − confidence,
 *
 * of their average, V being their sample variance. Holds for every n ≥ 2; a single value bounds nothing but the range.
 */
export function bernsteinMean({ values, minimum, maximum }: Samples, confidence: number): Interval {
  const count = values.length;
  const mean = sum(values) / count;
  const variance = sum(values.map((value) => (value - mean) ** 2)) / (count - 1);
  const tail = Math.log(4 / (1 - confidence));
  const within =
    count < 2
      ? Number.POSITIVE_INFINITY
      : Math.sqrt((2 * variance * tail) / count) + (7 * (maximum - minimum) * tail) / (3 * (count - 1));
  return { low: Math.max(minimum, mean - within), high: Math.min(maximum, mean + within) };
}

/**
 * For an estimator. One that is normalised bounds its base, its corrections and its weights at a third of δ each, and
 * combines them; undefined where the weights cannot be told from 0, and of a single round. Never beyond the range of the rewards. Only as good as the
 * ranges: see {@link correctedTerms}.
 */
export function bernsteinInterval(terms: EstimatorTerms, confidence: number): Interval | undefined {
  if (terms.base.values.length < 2) return undefined;
  const interval = terms.weights
    ? normalisedInterval(terms, terms.weights, confidence)
    : plainInterval(terms, confidence);
  const { minimum, maximum } = terms.rewards;
  return interval && { low: Math.max(minimum, interval.low), high: Math.min(maximum, interval.high) };
}

function plainInterval({ base, corrections }: EstimatorTerms, confidence: number): Interval {
  const values = base.values.map((value, i) => value + (corrections.values[i] ?? 0));
  const minimum = base.minimum + corrections.minimum;
  const maximum = base.maximum + corrections.maximum;
  return bernsteinMean({ values, minimum, maximum }, confidence);
}

function normalisedInterval(
  { base, corrections }: EstimatorTerms,
  weights: Samples,
  confidence: number,
): Interval | undefined {
  const each = 1 - (1 - confidence) / 3;
  const offset = bernsteinMean(base, each);
  const top = bernsteinMean(corrections, each);
  const bottom = bernsteinMean(weights, each);
  if (bottom.low <= 0) return undefined;
  return {
    low: offset.low + top.low / (top.low < 0 ? bottom.low : bottom.high),
    high: offset.high + top.high / (top.high < 0 ? bottom.high : bottom.low),
  };
}
