import type { Estimate } from "../evaluation/estimate.js";
import type { MeanInterval } from "../evaluation/student-interval.js";

/** A mean and half of its interval, were it 0; one repetition alone has none. */
export function intervalText(interval: MeanInterval | undefined, digits: number): string {
  if (!interval) return "–";
  const { mean, high, values } = interval;
  return values > 1 ? `${mean.toFixed(digits)} ± ${(high - mean).toFixed(digits)}` : mean.toFixed(digits);
}

const NORMAL = 1.96;

/** The same of a mean over so many that its distribution is the normal one. */
export const normalIntervalText = ({ mean, standardError }: Estimate, digits: number): string =>
  `${mean.toFixed(digits)} ± ${(NORMAL * standardError).toFixed(digits)}`;
