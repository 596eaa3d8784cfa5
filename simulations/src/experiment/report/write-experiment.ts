import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExperimentResult } from "../experiment-result.js";
import type { ModelPictures } from "../pictures/model-pictures.js";
import { shownMetrics } from "../shown-metrics.js";
import { eventFile } from "../tensorboard/event-file.js";
import { trialEvents } from "../tensorboard/trial-events.js";
import { experimentPage } from "./experiment-page.js";

export interface WrittenExperiment {
  readonly html: string;
  readonly json: string;
  /** Of TensorBoard: one run a trial. */
  readonly events: string;
}

/** Writes page, figures and event files into a folder. */
export async function writeExperiment(
  folder: string,
  result: ExperimentResult,
  pictures: ModelPictures,
): Promise<WrittenExperiment> {
  const path = (name: string) => join(folder, name);
  const written = { html: path("report.html"), json: path("report.json"), events: path("tensorboard") };
  const [primary = ""] = shownMetrics(result.arms);
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(written.html, experimentPage(result, pictures)),
    writeFile(written.json, `${JSON.stringify(result, null, 2)}\n`),
    ...result.trials.map(async (trial) => {
      const name = [trial.variation, trial.arm, `seed ${trial.seed}`].filter((part) => part !== "").join(" ");
      const run = join(written.events, name.replace(/[^a-zA-Z0-9.=-]+/g, "_"));
      await mkdir(run, { recursive: true });
      await writeFile(join(run, "events.out.tfevents.0.tacit"), eventFile(trialEvents(trial, primary)));
    }),
  ]);
  return written;
}
