import type { RoundReport } from "./run-state.js";

export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** Seconds as a person says them. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(seconds / 3600).toFixed(1)} h`;
}

export const epsilonText = (epsilon: number | null): string =>
  epsilon === null ? "none promised" : epsilon.toFixed(2);

/** One round's news, without its number. */
export function roundText(report: RoundReport): string[] {
  const { contributors, lost, late, dropped, failedCohorts, virtualSeconds, hitRate, epsilon } = report;
  const words = [`${contributors} summed`, `${late} late, ${lost} offline, ${dropped} dropped`];
  if (failedCohorts > 0) words.push(`${failedCohorts} cohorts failed before`);
  words.push(`${duration(virtualSeconds)} of virtual time`);
  if (hitRate !== undefined) words.push(`HR@10 ${hitRate.toFixed(3)}`);
  words.push(`epsilon ${epsilonText(epsilon)}`);
  return words;
}
