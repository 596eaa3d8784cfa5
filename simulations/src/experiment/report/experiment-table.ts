import type { MeanInterval } from "../../evaluation/student-interval.js";
import { aligned } from "../../report/aligned.js";
import { intervalText } from "../../report/interval-text.js";
import { epsilonText } from "../../virtual/run/run-text.js";
import type { ExperimentResult } from "../experiment-result.js";

/** What the table shows, where there is any of it. */
const TABLE_METRICS = ["reward", "ctr", "cvr", "hr@10", "ndcg@10", "mrr"] as const;

/** The arms with their means over seeds and intervals, and what privacy cost each. */
export function experimentTable({ arms, seeds, users }: ExperimentResult): string {
  const shown = shownMetrics(arms);
  const primary = shown[0] ?? "";
  const varied = arms.some(({ variation }) => variation !== "");
  const header = [
    ...(varied ? ["task"] : []),
    "arm",
    ...shown.map((metric) => metric.toUpperCase()),
    "epsilon",
    `lead over no privacy (${primary.toUpperCase()})`,
  ];
  const rows = arms.map(({ variation, arm, metrics, epsilon, lead }) => [
    ...(varied ? [variation] : []),
    arm,
    ...shown.map((metric) => text(metrics[metric])),
    arm.startsWith("federated") ? epsilonText(epsilon) : "",
    lead ? signed(lead[primary]) : "",
  ]);
  const { lines, width } = aligned([header, ...rows]);
  const [head, ...body] = lines;
  const note =
    seeds.length > 1
      ? `means over ${seeds.length} seeds ± half a 95 % interval (Student's t); ${users} users each`
      : `one seed; ${users} users`;
  return [head, "─".repeat(width), ...body, "", note].join("\n");
}

export const shownMetrics = (arms: ExperimentResult["arms"]): string[] =>
  TABLE_METRICS.filter((metric) => arms.some(({ metrics }) => metrics[metric] !== undefined));

const text = (interval: MeanInterval | undefined) => intervalText(interval, 4, " ± ");

const signed = (interval: MeanInterval | undefined): string =>
  `${interval && interval.mean >= 0 ? "+" : ""}${text(interval)}`;
