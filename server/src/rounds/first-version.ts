import { CHAIN_START, initialNoise, joinVersion, modelHash } from "@tacit/shared";
import type { ModelVersion } from "../store/store.js";
import type { Aggregation } from "./next-version.js";

/** Version 0 of a task: these network parameters, and the clip that the task begins with. */
export function firstVersion(
  { task: { privacy }, taskHash, plan }: Pick<Aggregation, "task" | "taskHash" | "plan">,
  networkParameters: Float32Array,
): ModelVersion {
  const parameters = joinVersion(privacy, { parameters: networkParameters, clip: privacy.clip });
  return {
    modelVersion: 0,
    hash: modelHash(CHAIN_START, { taskHash, modelVersion: 0, parameters }),
    previousHash: CHAIN_START,
    parameters,
    optimiserState: new Float32Array(0),
    noiseState: initialNoise(plan),
  };
}
