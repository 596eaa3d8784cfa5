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

/**
 * What one round, or several taken together, told of one metric: all places over all shares. A mean of the rounds' own ratios
 * would be of those alone in which chance made the share large enough, and too near to the middle. The error is by the delta
 * method (Cochran 1977, Sampling Techniques, chapter 6). Undefined where hardly anyone measured it.
 */
export function metricEstimate(sums: readonly MetricSum[]): MetricEstimate | undefined {
  const [first] = sums;
  if (!first) return undefined;
  const { name, minimum, maximum } = first;
  const mean = (of: (sum: MetricSum) => number) =>
    sums.reduce((total, sum) => total + of(sum), 0) / sums.length;
  const errorOf = (of: (sum: MetricSum) => number) => Math.hypot(...sums.map(of)) / sums.length;
  const share = mean((sum) => sum.share);
  const shareError = errorOf((sum) => sum.shareError);
  if (share <= 0 || share < TELLING * shareError) return undefined;
  const place = mean((sum) => sum.places) / share;
  const half = (maximum - minimum) / 2;
  return {
    name,
    mean: (minimum + maximum) / 2 + half * place,
    standardError:
      (half *
        Math.hypot(
          errorOf((sum) => sum.error),
          place * shareError,
        )) /
      share,
  };
}
