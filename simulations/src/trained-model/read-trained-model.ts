import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  decodeModel,
  networkShape,
  parameterCount,
  parseTask,
  problemText,
  splitVersion,
  taskHash,
  versionLength,
} from "@tacit/shared";
import { unlessMissing } from "../unless-missing.js";
import type { TrainedModel } from "./trained-model.js";

/** `message` names the file, and the field where there is one. */
export type ReadTrainedModel =
  | { readonly ok: true; readonly model: TrainedModel }
  | {
      readonly ok: false;
      readonly reason: "not-found" | "unreadable" | "not-a-model";
      readonly message: string;
    };

/**
 * Reads a trained model, which has to be one of its task.
 * @param path a task.json with its model.bin beside it, or their folder.
 */
export async function readTrainedModel(path: string): Promise<ReadTrainedModel> {
  try {
    const named = await unlessMissing(stat(path));
    if (!named) return { ok: false, reason: "not-found", message: `${path}: no such file or folder` };
    const folder = named.isDirectory() ? path : dirname(path);
    const text = await readFile(folder === path ? join(folder, "task.json") : path, "utf8");
    return decoded(path, JSON.parse(text), await readFile(join(folder, "model.bin")));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: "unreadable", message: `${path}: ${why}` };
  }
}

function decoded(path: string, document: unknown, packet: Uint8Array): ReadTrainedModel {
  const refuse = (message: string) => ({ ok: false, reason: "not-a-model", message }) as const;
  const parsed = parseTask(document);
  if (!parsed.ok) return refuse(`${path} is not a task: ${problemText(parsed.problems)}`);
  const { task } = parsed;
  const dimension = versionLength(task.privacy, parameterCount(networkShape(task)));
  const read = decodeModel(packet, { taskHash: taskHash(task), dimension });
  if (!read.ok) return refuse(`${path}: the model.bin beside it is none of this task: ${read.message}`);
  const version = splitVersion(task.privacy, read.parameters);
  if (!version) return refuse(`${path}: the version holds no clip`);
  return { ok: true, model: { task, modelVersion: read.modelVersion, ...version } };
}
