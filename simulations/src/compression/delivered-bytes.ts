import { gzipSync } from "node:zlib";
import type { ModelVersion } from "@tacit/server";
import { encodeDelivery, type TaskSpec, taskHash, versionLength } from "@tacit/shared";

/** What a task without `delivery` comes to. */
export const EXACT = { encoding: "float32", deltas: false } as const;

/** Bytes of a version as a task delivers it, whole or from another one, behind HTTP's compression. */
export function deliveredBytes(
  task: TaskSpec,
  version: Pick<ModelVersion, "modelVersion" | "parameters">,
  base?: Pick<ModelVersion, "modelVersion" | "parameters">,
): number {
  const parameters = version.parameters.length - versionLength(task.privacy, 0);
  const { delivery = EXACT } = task;
  return gzipSync(encodeDelivery({ taskHash: taskHash(task), ...version }, { delivery, parameters, base }))
    .length;
}
