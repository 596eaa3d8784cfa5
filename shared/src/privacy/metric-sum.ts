import type { NamedMetric } from "./metric-plan.js";

/** What one round's sum told of a metric, through its noise: possibly beyond its range. */
export interface MetricSum {
  readonly name: NamedMetric["name"] | "within-clip";
  readonly minimum: number;
  readonly maximum: number;
  /** Mean over all clients of where in that range, from −1 to 1, each one's value is; 0 of a client that measured nothing. */
  readonly places: number;
  /** Share of the clients that measured it. */
  readonly share: number;
  /** Of `places`, by noise and rounding; how much clients differ is not in it. */
  readonly error: number;
  /** Of `share`; 0 where everybody measures it. */
  readonly shareError: number;
}

/** The mean of what clients measured, estimated through the noise: possibly beyond its range. */
export interface MetricEstimate {
  readonly name: MetricSum["name"];
  readonly mean: number;
  readonly standardError: number;
}

/** A share of clients is told from none when it is so many standard errors above it. */
const TELLING = 4;

interface Share {
  readonly share: number;
  readonly standardError: number;
}

/** The share of clients that measured one metric, over rounds; undefined where it cannot be told from none. */
function shareOf(sums: readonly MetricSum[]): Share | undefined {
  const share = meanOf(sums, (sum) => sum.share);
  const standardError = errorOf(sums, (sum) => sum.shareError);
  return share > 0 && share >= TELLING * standardError ? { share, standardError } : undefined;
}

/**
 * What one round, or several taken together, told of one metric: all places over all shares. A mean of the rounds' own ratios
 * would be of those alone in which chance made the share large enough, and too near to the middle. The error is by the delta
 * method (Cochran 1977, Sampling Techniques, chapter 6). Undefined where hardly anyone measured it.
 */
export function metricEstimate(sums: readonly MetricSum[]): MetricEstimate | undefined {
  const [first] = sums;
  const heard = shareOf(sums);
  if (!first || !heard) return undefined;
  const places = meanOf(sums, (sum) => sum.places);
  const error = errorOf(sums, (sum) => sum.error);
  const ofShare = (places / heard.share) * heard.standardError;
  return inRange(first, places / heard.share, Math.hypot(error, ofShare) / heard.share);
}

/** The same of each round by itself, for what is squared before it is averaged; by the share of clients in all of them. */
export function estimatesByRound(sums: readonly MetricSum[]): MetricEstimate[] {
  const heard = shareOf(sums);
  if (!heard) return [];
  return sums.map((sum) => inRange(sum, sum.places / heard.share, sum.error / heard.share));
}

/** A mean place in a metric's range and its error, as values of the metric. */
function inRange({ name, minimum, maximum }: MetricSum, place: number, error: number): MetricEstimate {
  const half = (maximum - minimum) / 2;
  return { name, mean: (minimum + maximum) / 2 + half * place, standardError: half * error };
}

const meanOf = (sums: readonly MetricSum[], of: (sum: MetricSum) => number): number =>
  sums.reduce((total, sum) => total + of(sum), 0) / sums.length;

const errorOf = (sums: readonly MetricSum[], of: (sum: MetricSum) => number): number =>
  Math.hypot(...sums.map(of)) / sums.length;
