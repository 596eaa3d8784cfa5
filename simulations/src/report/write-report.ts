import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SimulationResult } from "../run/simulation-result.js";
import { writeVersion } from "../trained-model/write-trained-model.js";
import { htmlReport } from "./html-report.js";
import { jsonResult } from "./json-result.js";

export interface WrittenReport {
  readonly html: string;
  readonly json: string;
  /** The last model version, as the coordinator hands it out. */
  readonly model: string;
  readonly task: string;
}

/** Writes page, figures, model and task into a folder, made when missing. */
export async function writeReport(folder: string, result: SimulationResult): Promise<WrittenReport> {
  const { rounds: modelVersion, parameters: vector, task } = result;
  const version = await writeVersion(folder, { task, modelVersion, vector });
  const written = { html: join(folder, "report.html"), json: join(folder, "report.json"), ...version };
  await Promise.all([
    writeFile(written.html, htmlReport(result)),
    writeFile(written.json, `${JSON.stringify(jsonResult(result), null, 2)}\n`),
  ]);
  return written;
}
