import {
  type Catalogue,
  decodeModel,
  modelHash as hashOf,
  networkShape,
  parameterCount,
  parseMessage,
  parseTask,
  planAt,
  planSealing,
  problemText,
  type SealingPlan,
  splitVersion,
  type TaskSpec,
  taskDocumentSchema,
  taskHash,
  updateLength,
  versionLength,
} from "@tacit/shared";
import type { Head } from "../participation/participant-state.js";
import type { FetchedModel } from "../transport/transport.js";

/** A task as this client has checked it. */
export interface LocalTask {
  readonly task: TaskSpec;
  readonly taskHash: string;
  /** Parameters of its network. */
  readonly dimension: number;
  readonly plan: SealingPlan;
  readonly catalogue: Catalogue;
}

/** One model version on this device. */
export interface LocalModel extends LocalTask {
  readonly modelVersion: number;
  /** Its link of the hash chain: 64 hex digits. */
  readonly modelHash: string;
  /** As it was fetched: what its hash covers. */
  readonly vector: Float32Array;
  readonly parameters: Float32Array;
}

export type ReadTask =
  | { readonly ok: true; readonly local: LocalTask; readonly head: Head }
  | { readonly ok: false; readonly message: string };

/**
 * Validates a task document as if the coordinator were hostile: its schema, its hash, its sealing. Whether its cohorts are
 * safe is asked of each one, by who takes part.
 */
export function readTaskDocument(input: unknown, encode: (task: TaskSpec) => Catalogue): ReadTask {
  const document = parseMessage(taskDocumentSchema, input);
  if (!document.ok) return { ok: false, message: "not a task document" };
  const parsed = parseTask(document.message.task);
  if (!parsed.ok) return { ok: false, message: problemText(parsed.problems) };
  const { task } = parsed;
  const hash = taskHash(task);
  if (hash !== document.message.taskHash) return { ok: false, message: "taskHash: it is another task's" };
  const dimension = parameterCount(networkShape(task));
  const planned = planSealing(task, updateLength(task));
  if (!planned.ok) return { ok: false, message: `${planned.field}: ${planned.message}` };
  const { modelVersion, modelHash, finished } = document.message;
  const local = { task, taskHash: hash, dimension, plan: planned.plan, catalogue: encode(task) };
  return { ok: true, local, head: { modelVersion, modelHash, finished } };
}

export type ReadModel =
  | { readonly ok: true; readonly model: LocalModel }
  | { readonly ok: false; readonly message: string };

/** Checks a fetched version against the hash by which it was announced. */
export function readFetchedModel(local: LocalTask, fetched: FetchedModel, head: Head): ReadModel {
  const read = readModel(local, fetched);
  if (!read.ok) return read;
  const { modelVersion, modelHash } = read.model;
  if (modelVersion !== head.modelVersion) {
    return { ok: false, message: `modelVersion: ${modelVersion} came for ${head.modelVersion}` };
  }
  return modelHash === head.modelHash
    ? read
    : { ok: false, message: "the model is not the one that was announced" };
}

/** A version with its place in the hash chain. */
export function readModel(local: LocalTask, { packet, previousHash }: FetchedModel): ReadModel {
  const { taskHash, dimension, task } = local;
  const length = versionLength(task.privacy, dimension);
  const decoded = decodeModel(packet, { taskHash, dimension: length });
  if (!decoded.ok) return decoded;
  if (!/^[0-9a-f]{64}$/.test(previousHash)) return { ok: false, message: "previousHash: not 64 hex digits" };
  const { modelVersion, parameters: vector } = decoded;
  const state = splitVersion(task.privacy, vector);
  if (!state) return { ok: false, message: "clip: it is out of all proportion to the task's" };
  const { parameters, clip } = state;
  const hash = hashOf(previousHash, decoded);
  const plan = planAt(local.plan, clip);
  return { ok: true, model: { ...local, plan, modelVersion, modelHash: hash, vector, parameters } };
}
