import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { encodeModel, joinVersion, type TaskSpec, taskHash } from "@tacit/shared";
import { writeAtomically } from "../write-atomically.js";
import type { TrainedModel } from "./trained-model.js";

interface Version {
  readonly task: TaskSpec;
  readonly modelVersion: number;
  /** As the coordinator hands it out: with the clip at its end where the task adapts it. */
  readonly vector: Float32Array;
}

/** Writes `model.bin` and `task.json` into a folder, made when missing; the task last, so that where it is, its model is. */
export async function writeVersion(
  folder: string,
  { task, modelVersion, vector }: Version,
): Promise<{ readonly model: string; readonly task: string }> {
  const written = { model: join(folder, "model.bin"), task: join(folder, "task.json") };
  await mkdir(folder, { recursive: true });
  await writeAtomically(
    written.model,
    encodeModel({ taskHash: taskHash(task), modelVersion, parameters: vector }),
  );
  await writeAtomically(written.task, `${JSON.stringify(task, null, 2)}\n`);
  return written;
}

/** {@link writeVersion} of a model that was read, or made of one. */
export async function writeTrainedModel(folder: string, model: TrainedModel): Promise<void> {
  await writeVersion(folder, { ...model, vector: joinVersion(model.task.privacy, model) });
}
