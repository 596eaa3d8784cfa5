import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { encodeModel, joinVersion, taskHash } from "@tacit/shared";
import { writeAtomically } from "../write-atomically.js";
import type { TrainedModel } from "./trained-model.js";

/** Writes `model.bin` and `task.json` into a folder, made when missing; the task last, so that where it is, its model is. */
export async function writeTrainedModel(folder: string, model: TrainedModel): Promise<void> {
  const { task, modelVersion } = model;
  const parameters = joinVersion(task.privacy, model);
  await mkdir(folder, { recursive: true });
  await writeAtomically(
    join(folder, "model.bin"),
    encodeModel({ taskHash: taskHash(task), modelVersion, parameters }),
  );
  await writeAtomically(join(folder, "task.json"), `${JSON.stringify(task, null, 2)}\n`);
}
