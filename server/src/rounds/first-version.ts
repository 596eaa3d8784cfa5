import {
  CHAIN_START,
  initialNoise,
  joinVersion,
  modelHash,
  networkShape,
  parameterCount,
} from "@tacit/shared";
import type { ModelVersion } from "../store/store.js";
import { joinState } from "./kept-state.js";
import type { Aggregation } from "./next-version.js";
import { initialPrior } from "./prior-state.js";
import { roundVector } from "./rounded-vector.js";

/**
 * Version 0 of a task: these network parameters, and the clip that the task begins with.
 * @throws RangeError for parameters that are not those of the task's network, not finite, or too large for its encoding.
 */
export function firstVersion(
  { task, taskHash, plan }: Pick<Aggregation, "task" | "taskHash" | "plan">,
  networkParameters: Float32Array,
): ModelVersion {
  const length = parameterCount(networkShape(task));
  if (networkParameters.length !== length) {
    throw new RangeError(`version 0 has ${networkParameters.length} parameters, the network ${length}`);
  }
  if (!networkParameters.every(Number.isFinite)) {
    throw new RangeError("version 0 has a parameter that is no finite number");
  }
  const joined = joinVersion(task.privacy, { parameters: networkParameters, clip: task.privacy.clip });
  const rounded = roundVector(task, joined, networkParameters.length);
  if (!rounded) throw new RangeError("version 0 has a parameter that is too large for delivery.encoding");
  const parameters = rounded.vector;
  return {
    modelVersion: 0,
    hash: modelHash(CHAIN_START, { taskHash, modelVersion: 0, parameters }),
    previousHash: CHAIN_START,
    parameters,
    optimiserState: joinState({
      rest: rounded.rest,
      optimiser: new Float32Array(0),
      prior: plan.prior ? initialPrior(networkParameters.subarray(-plan.prior.length)) : new Float32Array(0),
    }),
    noiseState: initialNoise(plan),
  };
}
