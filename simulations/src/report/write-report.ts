import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeModel } from "@tacit/shared";
import type { SimulationResult } from "../run/simulation-result.js";
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
  await mkdir(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  const written = {
    html: path("report.html"),
    json: path("report.json"),
    model: path("model.bin"),
    task: path("task.json"),
  };
  const { taskHash, rounds: modelVersion, parameters, task } = result;
  await Promise.all([
    writeFile(written.html, htmlReport(result)),
    writeFile(written.json, `${JSON.stringify(jsonResult(result), null, 2)}\n`),
    writeFile(written.model, encodeModel({ taskHash, modelVersion, parameters })),
    writeFile(written.task, `${JSON.stringify(task, null, 2)}\n`),
  ]);
  return written;
}
