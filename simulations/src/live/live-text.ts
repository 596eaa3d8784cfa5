import type { MeanInterval } from "../evaluation/student-interval.js";
import { aligned } from "../report/aligned.js";
import { LIVE_METRICS } from "./live-metrics.js";
import { BASELINES, type LiveReport } from "./live-report.js";

/** The table for people: arms by metrics, and what can be said of them. */
export function liveText(report: LiveReport): string {
  const { environment, arms, seeds, persons, rewardMeaning, beaten, privacyCost } = report;
  const rows = arms.map(({ name, metrics }) => [
    name,
    ...LIVE_METRICS.map((metric) => cell(metrics[metric] ?? null)),
  ]);
  const { lines, width } = aligned([[environment, ...LIVE_METRICS], ...rows]);
  const [head = "", ...body] = lines;
  const privacy = arms.flatMap(({ privacy: spent }) => spent ?? []).at(0);
  return [
    head,
    "─".repeat(width),
    ...body,
    `Mean ± half of the 95 % interval over ${seeds.length} populations, ${Math.min(...persons)} or more persons of each.`,
    `Reward: ${rewardMeaning}.`,
    ...(privacy
      ? [
          `Private: epsilon ${privacy.releasesEpsilon.toFixed(2)} against the released models, ${privacy.coordinatorEpsilon.toFixed(2)} against the coordinator, at delta ${privacy.delta}, after at most ${privacy.participations} participations; noise multiplier ${privacy.noiseMultiplier}.`,
        ]
      : []),
    ...(privacyCost ? [`Privacy cost ${cell(privacyCost)} of reward a visit.`] : []),
    `Private federation is above, without overlap of the intervals: ${beaten.length > 0 ? beaten.join(", ") : "nobody"} (of ${BASELINES.join(", ")}).`,
  ].join("\n");
}

function cell(interval: MeanInterval | null): string {
  if (interval === null) return "–";
  const half = interval.high - interval.mean;
  return Number.isFinite(half) ? `${interval.mean.toFixed(3)} ±${half.toFixed(3)}` : interval.mean.toFixed(3);
}
