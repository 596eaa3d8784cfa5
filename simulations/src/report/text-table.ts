import type { PrivacyMode } from "@tacit/shared";
import type { Estimate } from "../evaluation/estimate.js";
import { METRICS } from "../evaluation/evaluate.js";
import type { CohortReport } from "../progress/progress.js";
import type { SimulationResult } from "../run/simulation-result.js";
import { aligned } from "./aligned.js";

const plain = ({ mean, standardError }: Estimate) => `${mean.toFixed(4)} ±${standardError.toFixed(4)}`;
const signed = (estimate: Estimate) => `${estimate.mean < 0 ? "" : "+"}${plain(estimate)}`;

/** The arms, and by how much the federated private policy leads each. */
export function textTable({ arms }: SimulationResult): string {
  const header = ["", ...METRICS.map((name) => name.toUpperCase()), "federated leads in HR@10 by"];
  const rows = arms.map(({ name, evaluation: { metrics }, lead }) => [
    name,
    ...METRICS.map((metric) => plain(metrics[metric])),
    name === "federated-private" ? "" : signed(lead["hr@10"]),
  ]);
  const { lines, width } = aligned([header, ...rows]);
  const [head, ...body] = lines;
  return [head, "─".repeat(width), ...body].join("\n");
}

const INDENT = " ".repeat(47);

const AGAINST_COORDINATOR: Readonly<Record<PrivacyMode, (epsilon: number) => string>> = {
  distributed: (epsilon) =>
    `epsilon ${epsilon.toFixed(2)}: updates are masked, it opens the sums of whole cohorts and\n${INDENT}nothing else (honest but curious, as long as clients are who they say).`,
  local: (epsilon) =>
    `epsilon ${epsilon.toFixed(2)}: every update has all of its noise when it leaves the device.`,
  trusted: () => "none: it sees every update without noise, adds the noise itself, and is trusted with both.",
};

/** How the sums came about, over all rounds. */
function aggregationText(cohorts: SimulationResult["cohorts"]): string[] {
  if (cohorts.length === 0) return [];
  const total = (of: (cohort: CohortReport) => number) => cohorts.reduce((sum, one) => sum + of(one), 0);
  const dropped = total((cohort) => cohort.dropped.length);
  return [
    `Secure aggregation: ${cohorts.length} cohorts, ${total(({ contributors }) => contributors)} masked updates summed, ${dropped} clients dropped; all ${total(({ checkedSecrets }) => checkedSecrets)} secrets that opened the sums matched their owners' commitments.`,
  ];
}

/** What the run cost in privacy and in bytes, said plainly. */
export function textPrivacy({
  task,
  privacy,
  clients,
  rounds,
  bytesPerUpdate,
  seed,
  ...rest
}: SimulationResult): string {
  const { releases, coordinator } = privacy;
  const { mode, noiseMultiplier, clip } = task.privacy;
  return [
    `${clients} clients took part in each of ${rounds} rounds; ${bytesPerUpdate} bytes an update; noise multiplier ${noiseMultiplier}, clip ${clip}.`,
    `Privacy of one client's whole participation, at delta ${releases.delta}:`,
    `  against anyone who sees the released models  epsilon ${releases.epsilon.toFixed(2)}`,
    `  against the coordinator                      ${AGAINST_COORDINATOR[mode](coordinator.epsilon)}`,
    ...aggregationText(rest.cohorts),
    `± is one standard error over ${rest.users} users; evaluation seeds ${rest.evaluationSeeds.join(", ")}; population seed ${seed}.`,
    `reward: ${rest.rewardMeaning}.`,
    `${rest.engine} engine, ${rest.workers} workers, ${rest.seconds.toFixed(1)} s.`,
  ].join("\n");
}
