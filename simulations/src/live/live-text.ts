import { aligned } from "../report/aligned.js";
import { intervalText } from "../report/interval-text.js";
import { epsilonText } from "../virtual/run/run-text.js";
import { LIVE_METRICS } from "./live-metrics.js";
import { BASELINES, type LiveReport } from "./live-report.js";

/** The table for people: arms by metrics, and what can be said of them. */
export function liveText(report: LiveReport): string {
  const { environment, arms, seeds, persons, rewardMeaning, beaten, privacyCost } = report;
  const rows = arms.map(({ name, metrics }) => [
    name,
    ...LIVE_METRICS.map((metric) => intervalText(metrics[metric], DIGITS)),
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
          `Private: epsilon ${epsilonText(privacy.releasesEpsilon)} against the released models, ${epsilonText(privacy.coordinatorEpsilon)} against the coordinator, at delta ${privacy.delta}, after at most ${privacy.participations} participations; noise multiplier ${privacy.noiseMultiplier}.`,
        ]
      : []),
    ...(privacyCost ? [`Privacy cost ${intervalText(privacyCost, DIGITS)} of reward a visit.`] : []),
    `Private federation is above, without overlap of the intervals: ${beaten.length > 0 ? beaten.join(", ") : "nobody"} (of ${BASELINES.join(", ")}).`,
  ].join("\n");
}

const DIGITS = 3;
