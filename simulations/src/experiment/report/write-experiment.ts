import { createHash } from "node:crypto";
import { mkdir, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Trial } from "../../scenario/trial.js";
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

/** Writes page, figures and event files into a folder, in the place of those of an experiment before. */
export async function writeExperiment(
  folder: string,
  result: ExperimentResult,
  pictures: ModelPictures,
): Promise<WrittenExperiment> {
  const path = (name: string) => join(folder, name);
  const written = { html: path("report.html"), json: path("report.json"), events: path("tensorboard") };
  const [primary = ""] = shownMetrics(result.arms);
  await mkdir(folder, { recursive: true });
  await removeRuns(written.events);
  await Promise.all([
    writeFile(written.html, experimentPage(result, pictures)),
    writeFile(written.json, `${JSON.stringify(result, null, 2)}\n`),
    ...result.trials.map(async (trial) => {
      const run = join(written.events, runName(trial));
      await mkdir(run, { recursive: true });
      await writeFile(join(run, EVENTS), eventFile(trialEvents(trial, primary)));
    }),
  ]);
  return written;
}

/** Runs of an experiment before, which would be shown beside this one's; nothing else that may be there. */
async function removeRuns(folder: string): Promise<void> {
  const runs = await readdir(folder).catch(() => []);
  await Promise.all(
    runs.map(async (run) => {
      await rm(join(folder, run, EVENTS), { force: true });
      // Only where nothing else is in it.
      await rmdir(join(folder, run)).catch(() => undefined);
    }),
  );
}

const EVENTS = "events.out.tfevents.0.tacit";

const LONGEST_NAME = 150;
const DIGEST = 8;

/** Of a folder, which file systems hold to 255 bytes: settings may be whole documents. */
function runName({ variation, arm, seed }: Trial): string {
  const name = [variation, arm, `seed ${seed}`].filter((part) => part !== "").join(" ");
  const plain = name.replace(/[^a-zA-Z0-9.=-]+/g, "_");
  if (plain.length <= LONGEST_NAME) return plain;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, DIGEST);
  return `${plain.slice(0, LONGEST_NAME - DIGEST)}-${digest}`;
}
