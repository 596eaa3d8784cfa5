import type { MeanInterval } from "../evaluation/student-interval.js";

/** A mean and half of its interval, were it 0; one repetition alone has none. */
export function intervalText(interval: MeanInterval | undefined, digits: number): string {
  if (!interval) return "–";
  const { mean, high, values } = interval;
  return values > 1 ? `${mean.toFixed(digits)} ± ${(high - mean).toFixed(digits)}` : mean.toFixed(digits);
}
