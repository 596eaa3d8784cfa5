import type { MeanInterval } from "../evaluation/student-interval.js";

/** A mean and half of its interval; one repetition alone has none. */
export function intervalText(
  interval: MeanInterval | null | undefined,
  digits: number,
  between = " ±",
): string {
  if (!interval) return "–";
  const mean = interval.mean.toFixed(digits);
  return interval.high > interval.mean
    ? `${mean}${between}${(interval.high - interval.mean).toFixed(digits)}`
    : mean;
}
