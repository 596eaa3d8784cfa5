import type { MeanInterval } from "../../evaluation/student-interval.js";
import { intervalText } from "../../report/interval-text.js";
import { fullName } from "../../scenario/arm.js";
import type { Trial } from "../../scenario/trial.js";
import type { ExperimentResult } from "../experiment-result.js";
import { metricLabel, shownMetrics } from "../shown-metrics.js";
import { clippingNotes } from "./clipping-notes.js";
import { divergedNotes } from "./diverged-notes.js";
import { heardNotes } from "./heard-notes.js";
import { privacyNotes } from "./privacy-notes.js";
import { standInNotes } from "./stand-in-notes.js";

/** The arms with their means over seeds and intervals, and what privacy cost each: cells, and what is to be said of them. */
export interface ExperimentCells {
  readonly header: readonly string[];
  /** One an arm, in their order. */
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export function experimentCells(result: ExperimentResult): ExperimentCells {
  const { arms } = result;
  const shown = shownMetrics(arms);
  const primary = shown[0] ?? "";
  const led = arms.some(({ lead }) => lead !== null);
  const varied = arms.some(({ variation }) => variation !== "");
  const header = [
    ...(varied ? ["task"] : []),
    "arm",
    ...shown.map(metricLabel),
    "epsilon (released models)",
    ...(led ? [`lead over no privacy (${metricLabel(primary)})`] : []),
  ];
  const rows = arms.map(({ variation, arm, metrics, epsilon, lead }) => [
    ...(varied ? [variation] : []),
    arm,
    ...shown.map((metric) => text(metrics[metric])),
    arm.startsWith("federated") ? (epsilon?.toFixed(2) ?? (metrics[primary] ? "none" : "–")) : "",
    ...(led ? [lead ? signed(lead[primary]) : ""] : []),
  ]);
  return { header, rows, notes: notesOf(result, primary) };
}

function notesOf(result: ExperimentResult, primary: string): string[] {
  const { arms, trials, seeds, population } = result;
  const users = usersText(trials.filter(({ diverged }) => diverged === undefined));
  return [
    seeds.length > 1
      ? `means over ${seeds.length} seeds ± half a 95 % interval (Student's t)${users}`
      : `one seed${users}`,
    ...(judgesEverybody(result) && seeds.length > 1
      ? ["all seeds judge the same people: intervals leave out that others might have been drawn"]
      : []),
    ...(population.kind === "live" ? [`reward: ${population.rewardMeaning}`] : []),
    ...arms
      .filter(({ epsilon, above }) => epsilon !== null && above.length > 0)
      .map(
        (summary) =>
          `${fullName(summary)}: intervals of ${metricLabel(primary)} wholly above ${summary.above.join("; ")}`,
      ),
    ...privacyNotes(trials),
    ...standInNotes(result),
    ...clippingNotes(arms),
    ...divergedNotes(trials),
    ...heardNotes(trials),
  ];
}

/** Otherwise each seed draws some of them. */
const judgesEverybody = ({ population, trials }: ExperimentResult): boolean =>
  population.kind === "dataset" &&
  trials.every(({ users }) => users === 0 || users * population.replicas >= population.clients);

function usersText(judged: readonly Pick<Trial, "users">[]): string {
  if (judged.length === 0) return "";
  const counts = judged.map(({ users }) => users);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `; ${least === most ? most : `${least} to ${most}`} users each`;
}

const text = (interval: MeanInterval | undefined) => intervalText(interval, 4);

const signed = (interval: MeanInterval | undefined): string =>
  `${interval && interval.mean >= 0 ? "+" : ""}${text(interval)}`;
