import { createOptimiser, firstVersion, type ModelVersion, nextVersion } from "@tacit/server";
import {
  addSealed,
  type Catalogue,
  createMechanism,
  type Engine,
  emptySum,
  initialParameters,
  networkShape,
  parameterBlocks,
  planAt,
  planSealing,
  rotationSeed,
  splitVersion,
  structuredUpdate,
  type TaskSpec,
  taskHash as taskHashOf,
  updateLength,
} from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";
import { bytesOf, hashOf, PURPOSE } from "../virtual/coins.js";
import { noClientTime, Stopwatch } from "../virtual/round/stopwatch.js";
import { clientTrainer } from "../virtual/round/train-client.js";

interface FederateOptions {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly clients: readonly EnvironmentClient[];
  readonly engine: Engine;
  readonly seed: number;
  readonly noise: boolean;
}

/** Every version of a federation in which everybody is in every cohort, sealed and opened as in the product. */
export function federate({ task, catalogue, clients, engine, seed, noise }: FederateOptions): ModelVersion[] {
  const planned = planSealing(task, updateLength(task));
  if (!planned.ok) throw new Error(planned.message);
  const plan = noise ? planned.plan : { ...planned.plan, shareDeviation: 0, coordinatorDeviation: 0 };
  const taskHash = taskHashOf(task);
  const aggregation = { task, taskHash, plan, optimiser: createOptimiser(task.aggregation) };
  const train = clientTrainer({ task, catalogue, engine, stopwatch: new Stopwatch(noClientTime()) });
  let head = firstVersion(aggregation, initialParameters(networkShape(task), task.model.seed));
  const versions = [head];
  for (let round = 0; round < task.rounds; round++) {
    const before = splitVersion(task.privacy, head.parameters);
    if (!before) throw new Error("a version without a clip");
    const mechanism = createMechanism(planAt(plan, before.clip), rotationSeed(task, taskHash, round));
    const structure = structuredUpdate({ task, taskHash, modelVersion: round }, parameterBlocks(task));
    const received = { modelVersion: round, parameters: before.parameters };
    const sum = emptySum(plan);
    let contributors = 0;
    for (const [client, { history }] of clients.entries()) {
      const coin = hashOf(seed, PURPOSE.training, round, client);
      const trained = train(received, history, coin, structure);
      const coins = bytesOf(seed, PURPOSE.sealing, round, client);
      const sealed = trained && mechanism.seal(trained.update, coins, trained.measured);
      if (!sealed?.ok) continue;
      addSealed(plan, sum, sealed.sealed);
      contributors++;
    }
    const coordinatorBytes = bytesOf(seed, PURPOSE.coordinatorNoise, round, 0);
    const next = nextVersion(aggregation, head, [{ sum, contributors }], coordinatorBytes);
    if (!next.ok) throw new Error(next.message);
    head = next.version;
    versions.push(head);
  }
  return versions;
}
