import type { Estimate } from "../../evaluation/estimate.js";
import type { HeardExposure, HeardMetric, HeardMetrics } from "./heard-metrics.js";

/** Of the column of names in a summary. */
export const NAME_WIDTH = 18;

/** A line for each metric, with its name apart: what sums told, and what is so. */
export function heardText({ means, exposure, rounds, users }: HeardMetrics): [name: string, text: string][] {
  const lines = means.map((metric): [string, string] => [metric.name, meanText(metric)]);
  if (exposure) lines.push(["shown", exposureText(exposure)]);
  return [["in sums", `of the last ${rounds} rounds; beside them ${users} users in the open`], ...lines];
}

/** The same as lines, texts below each other. */
export const heardLines = (heard: HeardMetrics): string[] =>
  heardText(heard).map(([name, text]) => `${name.padEnd(NAME_WIDTH)}${text}`);

function meanText({ heard, open, counted }: HeardMetric): string {
  const words = [heard ? estimateText(heard) : "not told"];
  if (open) words.push(`${estimateText(open)} in the open`);
  if (counted !== undefined) words.push(`${counted.toFixed(4)} by counting`);
  return words.join("; ");
}

const estimateText = ({ mean, standardError }: Estimate) =>
  `${mean.toFixed(4)} ± ${(2 * standardError).toFixed(4)}`;

function exposureText({ heard, counted, coverage, catalogue }: HeardExposure): string {
  const told = heard
    ? `as if ${heard.items.toFixed(1)} items (${heard.fewest.toFixed(1)} to ${Math.min(heard.most, catalogue).toFixed(1)}), effective coverage ${(heard.items / catalogue).toFixed(4)}`
    : "cannot be told from noise";
  return `${told}; ${counted.toFixed(1)} of ${catalogue} items by counting, coverage ${coverage.toFixed(4)}`;
}
